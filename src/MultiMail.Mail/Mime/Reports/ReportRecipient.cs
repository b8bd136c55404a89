using System.Buffers;

namespace MultiMail.Mail;

/// <summary>One block of a report as the recipient it speaks of.</summary>
internal static class ReportRecipient
{
    public const int Most = 500;
    private const int MaxDiagnostic = 500;
    private static readonly SearchValues<char> TypeText = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/.");

    /// <summary>RFC 3464 §2.3. Null for a block about the message, and for one that says neither action nor status.</summary>
    public static ReportedRecipient? OfStatus(FieldBlock block)
    {
        if (block["Final-Recipient"] is null && block["Original-Recipient"] is null)
        {
            return null;
        }

        var words = block["Diagnostic-Code"] ?? string.Empty;
        var status = Status(block["Status"], words);
        return Action(block["Action"], status) is { } action ? Of(block, action, status, WithoutType(words)) : null;
    }

    /// <summary>RFC 8098 §3.2: the mode before the semicolon does not matter, what became of the message does.</summary>
    public static ReportedRecipient? OfDisposition(FieldBlock block)
    {
        if (block["Disposition"] is not { } disposition)
        {
            return null;
        }

        var kind = disposition[(disposition.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        var failed = kind.StartsWith("failed", StringComparison.OrdinalIgnoreCase);
        return Of(block, failed ? RecipientAction.Failed : RecipientAction.Delivered, null, kind);
    }

    /// <summary>RFC 5965 §3.2: Original-Rcpt-To may come several times, or be left out to protect who complains.</summary>
    public static IEnumerable<ReportedRecipient> OfComplaint(FieldBlock block)
    {
        var kind = block["Feedback-Type"] ?? string.Empty;
        return block.Fields
            .Where(field => field.Name.Equals("Original-Rcpt-To", StringComparison.OrdinalIgnoreCase))
            .Select(field => new ReportedRecipient(Address(field.Value), RecipientAction.Delivered, null, Cut(kind)));
    }

    /// <summary>Any text in one line of at most 500 characters.</summary>
    public static string Cut(string text)
    {
        var line = Blanks.Collapse(text);
        return line.Length <= MaxDiagnostic ? line : BodyText.Clean(line[..MaxDiagnostic]);
    }

    /// <summary>The addr-spec behind an address type and inside brackets; null when it fails the strict grammar.</summary>
    public static string? Address(string? field)
    {
        var text = WithoutType(field ?? string.Empty).Trim(' ', '<', '>', '"', '\'');
        return MailboxAddress.TryParse(text, out var address, out _) ? address.AddrSpec : null;
    }

    private static ReportedRecipient Of(FieldBlock block, RecipientAction action, string? status, string words)
    {
        var final = Address(block["Final-Recipient"]);
        var original = block["Original-Recipient"] is { } given ? Address(Xtext.Decode(given)) ?? Address(given) : null;
        var differs = original is not null && final is not null && !string.Equals(original, final, StringComparison.OrdinalIgnoreCase);
        return new ReportedRecipient(original ?? final, action, status, Cut(words)) { FinalAddress = differs ? final : null };
    }

    // Many relays say 5.0.0 and leave the reason to the words of the next one.
    private static string? Status(string? field, string words)
    {
        var status = StatusCode.Enhanced(field);
        if (status is not null && !StatusCode.IsGeneral(status))
        {
            return status;
        }

        var told = StatusCode.Enhanced(words) ?? (StatusCode.Reply(WithoutType(words)) is { } reply ? StatusCode.OfReply(reply) : null);
        return told is not null && (status is null || status[0] == told[0]) ? told : status;
    }

    private static RecipientAction? Action(string? field, string? status)
    {
        var word = (field ?? string.Empty).Split([' ', '(', ';', '-'], 2)[0];
        return word.ToLowerInvariant() switch
        {
            "failed" or "failure" or "expired" => RecipientAction.Failed,
            "delayed" or "deferred" => RecipientAction.Delayed,
            "delivered" => RecipientAction.Delivered,
            "relayed" => RecipientAction.Relayed,
            "expanded" => RecipientAction.Expanded,
            _ => status?[0] switch
            {
                '5' => RecipientAction.Failed,
                '4' => RecipientAction.Delayed,
                '2' => RecipientAction.Delivered,
                _ => null,
            },
        };
    }

    // Some write rfc/822.
    private static bool IsType(ReadOnlySpan<char> word) => !word.IsEmpty && !word.ContainsAnyExcept(TypeText);

    /// <summary>RFC 3464 §2.1.2: <c>rfc822; </c> or <c>smtp; </c> in front of the value.</summary>
    private static string WithoutType(string value)
    {
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        return semicolon is > 0 and < 40 && IsType(value.AsSpan(0, semicolon).Trim()) ? value[(semicolon + 1)..].Trim() : value.Trim();
    }
}
