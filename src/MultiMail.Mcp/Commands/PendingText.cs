using MultiMail.Core.Oversight;

namespace MultiMail.Mcp.Commands;

/// <summary>What waits, as text for a terminal. All that agents or strangers wrote goes through <see cref="SafeText"/>.</summary>
internal static class PendingText
{
    public static void WriteRow(TextWriter output, PendingView item)
    {
        var flags = item.RiskFlags.Count == 0 ? string.Empty : $"  [{string.Join(' ', item.RiskFlags)}]";
        var world = item.Livemode ? string.Empty : "  (test)";
        output.WriteLine($"{item.MessageId}  {SafeText.Line(item.FromAddress)} → {SafeText.Line(string.Join(", ", item.To), 80)}{world}{flags}");
        output.WriteLine($"    {SafeText.Line(item.Subject, 100)}");
    }

    public static void WriteReview(TextWriter output, PendingReview review)
    {
        var item = review.Item;
        Field(output, "Message", $"{item.MessageId}  {review.Status}  revision {item.Revision}{(item.Livemode ? string.Empty : "  (test)")}");
        Field(output, "Digest", item.Digest);
        Field(output, "From", $"{review.FromName} <{item.FromAddress}>".TrimStart());
        Field(output, "To", string.Join(", ", item.To));
        Field(output, "Cc", string.Join(", ", review.Cc));
        Field(output, "Bcc", string.Join(", ", review.Bcc));
        Field(output, "Reply-To", review.ReplyTo);
        Field(output, "Subject", item.Subject);
        Field(output, "Send at", review.SendAt is { } at ? Core.Text.Rfc3339.Format(at) : null);
        Field(output, "Category", review.Category);
        Field(output, "Risk", string.Join(", ", item.RiskFlags));
        Field(output, "The agent says", review.Intent);
        Field(output, "Hidden text", review.HiddenTextChars > 0 ? $"{review.HiddenTextChars} characters that no reader would see" : null);
        foreach (var part in review.Parts)
        {
            Field(output, "Part", $"{part.ContentType}  {part.Filename}  {part.Size} bytes  {part.Sha256}");
        }

        foreach (var link in review.Links)
        {
            Field(output, link.TextNamesAnotherHost ? "Link (text names another host)" : "Link", link.Target);
        }

        output.WriteLine();
        output.WriteLine(SafeText.Block(review.Text));
        Part(output, "The plain-text part, for readers without HTML, is not the same", review.PlainText);
        Part(output, "The HTML hides from a reader", review.HiddenText);
        WriteChecks(output, review.Checks);
        WriteDecisions(output, review);
    }

    /// <summary>One line when all is well; else what is wrong, rule by rule.</summary>
    private static void WriteChecks(TextWriter output, IReadOnlyList<Core.Compliance.ComplianceCheckView> checks)
    {
        if (checks.Count == 0)
        {
            return;
        }

        output.WriteLine();
        var failed = checks.Where(c => c.State == "failed").ToList();
        output.WriteLine(failed.Count == 0
            ? $"Checks: {checks.Count(c => c.State == "passed")} rules passed, {checks.Count(c => c.State == "not_applicable")} not for this kind of mail"
            : "Checks: it cannot leave as it is");
        foreach (var check in failed)
        {
            output.WriteLine($"  {check.Rule}  {SafeText.Line(string.Join(' ', check.Faults))}");
        }
    }

    private static void Part(TextWriter output, string title, string? text)
    {
        if (text is not null)
        {
            output.WriteLine();
            output.WriteLine($"-- {title}:");
            output.WriteLine(SafeText.Block(text));
        }
    }

    private static void WriteDecisions(TextWriter output, PendingReview review)
    {
        output.WriteLine();
        foreach (var decision in review.Decisions)
        {
            output.WriteLine($"{decision.Decision} by {decision.DecidedBy} over {decision.Channel}  {SafeText.Line(decision.Reason)}");
        }

        output.WriteLine($"Approvals: {review.ApprovalsGiven} of {review.ApprovalsNeeded}");
        if (review.Status == "pending")
        {
            output.WriteLine($"Next: multimail pending approve {review.Item.MessageId} --digest {review.Item.Digest}");
        }
    }

    private static void Field(TextWriter output, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            output.WriteLine($"{name + ":",-16}{SafeText.Line(value, 1_000)}");
        }
    }
}
