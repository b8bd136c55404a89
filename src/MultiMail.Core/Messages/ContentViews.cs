using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Messages;

/// <summary>Text that was in the HTML and that no reader would have seen.</summary>
/// <param name="Chars">Blanks not counted.</param>
/// <param name="SampleHash">SHA-256 over its first 1,000 characters, lower-case hex: the same trick is seen again.</param>
public sealed record HiddenTextView(int Chars, string SampleHash)
{
    internal static HiddenTextView? Of(HiddenText hidden) => hidden.SampleSha256 is { } hash ? new(hidden.Chars, hash) : null;
}

/// <summary>A message inside a message; a stranger's words.</summary>
public sealed record NestedView(string Subject, string? FromAddress, string? FromName)
{
    internal static NestedView? Of(NestedMessage? message) => message is null
        ? null
        : new(Clean.Line(message.Subject), message.From?.AddrSpec, Clean.OptionalLine(message.From?.DisplayName));
}

/// <summary>An event of a calendar part (RFC 5545). A stranger's words; nothing was accepted or put into a calendar.</summary>
/// <param name="Start">A day, a time in UTC, or a time with the zone that the sender names.</param>
public sealed record EventView(string? Method, string? Summary, string? Location, string? Start, string? End, string? Organizer, string? Uid)
{
    internal static EventView Of(CalendarEvent found) => new(
        Clean.OptionalLine(found.Method), Clean.OptionalLine(found.Summary), Clean.OptionalLine(found.Location), Clean.OptionalLine(found.Start),
        Clean.OptionalLine(found.End), found.Organizer, Clean.OptionalLine(found.Uid));
}

/// <summary>What a machine says became of an earlier message. Anybody can write one; it counts only where it names a message of ours.</summary>
/// <param name="Kind"><c>delivery_status</c>, <c>disposition</c>, <c>complaint</c> or <c>plain_bounce</c>.</param>
/// <param name="OriginalMessageId">Our message that it speaks of; null when it names none of ours.</param>
/// <param name="Recipients">At most 20.</param>
public sealed record ReportView(string Kind, string? OriginalMessageId, IReadOnlyList<ReportedRecipientView> Recipients)
{
    private const int MaxRecipients = 20;

    internal static ReportView Of(DeliveryReport report, string? original) => new(
        report.Kind switch
        {
            ReportKind.DeliveryStatus => "delivery_status",
            ReportKind.Disposition => "disposition",
            ReportKind.Complaint => "complaint",
            _ => "plain_bounce",
        },
        original,
        [.. report.Recipients.Take(MaxRecipients).Select(ReportedRecipientView.Of)]);
}

/// <param name="Action"><c>failed</c>, <c>delayed</c>, <c>delivered</c>, <c>relayed</c> or <c>expanded</c>.</param>
/// <param name="Code">Enhanced status code (RFC 3463).</param>
/// <param name="Text">The other side's words, one line; a stranger's text.</param>
public sealed record ReportedRecipientView(string? Address, string Action, string? Code, string Text)
{
    internal static ReportedRecipientView Of(ReportedRecipient found) =>
        new(found.Address, found.Action.ToString().ToLowerInvariant(), found.Status, Clean.Line(found.DiagnosticText));
}
