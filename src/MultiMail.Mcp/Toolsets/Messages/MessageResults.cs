using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MultiMail.Core.Messages;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Toolsets.Messages;

internal sealed record AttachmentInput(
    [property: Description("Name."), Required] string? Filename,
    [property: Description("Base64."), Required] string? ContentBase64,
    [property: Description("Media type.")] string? ContentType = null)
{
    public SubmittedAttachment ToSubmitted() => new(Filename, ContentType, ContentBase64);
}

internal sealed record SendReceipt(
    string MessageId, string Status, string OversightMode, string? ApprovalUrl, string ThreadId, bool? Deduplicated, string? Next)
{
    public static SendReceipt Of(SubmissionReceipt receipt) => new(
        receipt.MessageId, receipt.Status, receipt.OversightMode, receipt.ApprovalUrl, receipt.ThreadId, receipt.Deduplicated, NextOf(receipt.Status));

    private static string? NextOf(string status) => status switch
    {
        "pending" => "A person decides at approval_url: give it to the user, do not send again. get_message_status with wait_seconds waits for the decision.",
        "scheduled" => "It leaves at send_at; cancel_message stops it.",
        "queued" or "sending" => "get_message_status shows the delivery.",
        _ => null,
    };
}

internal sealed record RecipientItem(string Address, string Kind, string Status, string? Code, string? UntrustedDetail, string? NextAttemptAt);

internal sealed record TimelineItem(string At, string Event, string? Reason);

internal sealed record StatusItem(
    string MessageId,
    string Status,
    string ThreadId,
    int Revision,
    string Digest,
    string SubmittedAt,
    string? SendAt,
    string? ExpiresAt,
    string? ApprovalUrl,
    string? DecidedBy,
    string? DecidedAt,
    string? Reason,
    IReadOnlyList<RecipientItem> Recipients,
    IReadOnlyList<TimelineItem> Timeline)
{
    public static StatusItem Of(MessageStatusView view) => new(
        view.MessageId,
        view.Status,
        view.ThreadId,
        view.Revision,
        view.Digest,
        Rfc3339.Format(view.SubmittedAt),
        Rfc3339.Format(view.SendAt),
        Rfc3339.Format(view.ExpiresAt),
        view.ApprovalUrl,
        view.DecidedBy,
        Rfc3339.Format(view.DecidedAt),
        view.Reason,
        [.. view.Recipients.Select(r => new RecipientItem(r.Address, r.Kind, r.Status, r.Code, r.Detail, Rfc3339.Format(r.NextAttemptAt)))],
        [.. view.Timeline.Select(t => new TimelineItem(Rfc3339.Format(t.At), t.Event, t.Reason))]);
}

internal sealed record StatusAnswer(IReadOnlyList<StatusItem> Messages, bool TimedOut)
{
    public static StatusAnswer Of(StatusList list) => new([.. list.Messages.Select(StatusItem.Of)], list.TimedOut);
}
