using MultiMail.Mail;

namespace MultiMail.Core.Compliance.Disclosure;

/// <summary>AI-01, AI-02 and AI-03 on the bytes of a message as they leave. Reads them anew: nothing is taken on the composer's word.</summary>
internal static class DisclosureCheck
{
    public const string GeneratedField = "X-AI-Generated";
    public const string AutomaticField = "Auto-Submitted";

    private const string HtmlFix = "Send text or markdown instead, or HTML with a body whose own styles hide nothing.";
    private const string CopyFix = "Leave the disclosure out: the server adds it. Put > before the lines that you quote.";

    /// <param name="read">The final bytes.</param>
    public static IReadOnlyList<Violation> Violations(ReadMessage read, DisclosureExpectation expected)
    {
        var found = new List<Violation>();
        if (expected.Needed)
        {
            Visible(read, expected, found);
        }

        Fields(read, expected.Author, found);
        return found;
    }

    private static void Visible(ReadMessage read, DisclosureExpectation expected, List<Violation> found)
    {
        if (read.PlainText is null)
        {
            Add(found, "AI-01", "text", "The message has no plain text that could hold the disclosure.", "Give text beside the HTML.");
        }
        else
        {
            Part("text", read.PlainText, WithoutQuotes(read.PlainText), expected, "Leave out what stands before it.", found);
        }

        if (read.Html is { } html)
        {
            var sight = HtmlSight.Of(html);
            Part("html", sight.IsUnread ? string.Empty : sight.Text, sight.OwnText, expected, HtmlFix, found);
        }
    }

    private static void Part(string field, string all, string own, DisclosureExpectation expected, string fix, List<Violation> found)
    {
        var (top, ownText) = (Folded(all), Folded(own));
        var first = DisclosureTexts.AtTop(top);
        if (!IsAtTop(top, first, expected))
        {
            if (first is not null && !Names(top, first, expected))
            {
                Add(found, "AI-02", field, $"The disclosure at the top of {field} does not name {expected.OperatorName}.", "Leave the disclosure out: the server adds it, with the name of the sender profile.");
            }
            else
            {
                Add(found, "AI-01", field, $"The disclosure does not stand at the top of {field}, visible to who reads it.", fix);
            }

            return;
        }

        var count = DisclosureTexts.Count(ownText);
        if (count != (expected.Lines?.Count ?? (first is null ? 0 : DisclosureTexts.Allowed(top, first))))
        {
            Add(found, "AI-01", field, $"The disclosure stands {count} times in {field}, not once.", CopyFix);
        }
    }

    private static bool IsAtTop(string top, FoundForm? first, DisclosureExpectation expected) => expected.Lines is { } lines
        ? top.StartsWith(Folded(string.Join(' ', lines.Select(line => line.Text))), StringComparison.Ordinal)
        : first is not null && Names(top, first, expected);

    private static bool Names(string top, FoundForm first, DisclosureExpectation expected) =>
        top[first.Start..first.End].Contains(Folded(expected.OperatorName), StringComparison.Ordinal);

    /// <summary>RFC 3834 §5.2: at most one field, and none on mail that a person wrote.</summary>
    private static void Fields(ReadMessage read, Authorship author, List<Violation> found)
    {
        var generated = read.Headers.Where(h => Is(h.Name, GeneratedField)).Select(h => h.Value).ToList();
        var automatic = read.Headers.Count(h => Is(h.Name, AutomaticField));
        if (author is Authorship.Agent ? generated is not ["true"] : generated.Count > 0)
        {
            Add(found, "AI-03", "headers", $"{GeneratedField} does not say who wrote the message.", "This is the server's own field: report it.");
        }

        if (author is Authorship.Agent ? automatic > 1 : automatic > 0)
        {
            Add(found, "AI-03", "headers", $"{AutomaticField} does not say how the message came about.", "This is the server's own field: report it.");
        }
    }

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>Quoted lines are another's words.</summary>
    private static string WithoutQuotes(string text) =>
        text.Contains('>', StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Where(line => !line.AsSpan().TrimStart().StartsWith('>'))) : text;

    internal static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Add(List<Violation> found, string rule, string field, string message, string fix) =>
        found.Add(new Violation(ErrorCodes.ComplianceRejected, field, message, fix, rule));
}
