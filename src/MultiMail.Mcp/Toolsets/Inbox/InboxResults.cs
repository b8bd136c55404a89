using MultiMail.Core.Inbound;
using MultiMail.Core.Messages;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Toolsets.Inbox;

/// <summary>A message without its body, or in a thread with it.</summary>
internal sealed record MessageItem(
    string MessageId,
    string ThreadId,
    string Mailbox,
    string Direction,
    string Status,
    string FromAddress,
    IReadOnlyList<string> To,
    string ReceivedAt,
    bool Unread,
    bool HasAttachments,
    string? UntrustedFromName,
    string UntrustedSubject,
    string? UntrustedSnippet,
    IReadOnlyDictionary<string, string>? UntrustedTags,
    int? RemainingChars = null,
    int? QuotedChars = null,
    string? UntrustedBody = null)
{
    public static MessageItem Of(MessageSummary view) => new(
        view.MessageId,
        view.ThreadId,
        view.Mailbox,
        view.Direction,
        view.Status,
        Shown.Address(view.FromAddress),
        [.. view.To.Select(Shown.Address)],
        Rfc3339.Format(view.ReceivedAt),
        view.Unread,
        view.HasAttachments,
        view.FromName,
        view.Subject,
        view.Snippet,
        view.Tags.Count == 0 ? null : view.Tags);

    public static MessageItem Of(ThreadMessage message, string bodies)
    {
        var item = Of(message.Message);
        return bodies switch
        {
            "full" => item with { UntrustedSnippet = null, UntrustedBody = message.Body, RemainingChars = message.RemainingChars, QuotedChars = message.QuotedChars },
            "none" => item with { UntrustedSnippet = null },
            _ => item,
        };
    }
}

internal sealed record MessageListAnswer(IReadOnlyList<MessageItem> Messages, string? NextCursor, int Total, int Held)
{
    public static MessageListAnswer Of(MessageList list) => new([.. list.Messages.Select(MessageItem.Of)], list.NextCursor, list.Total, list.Held);
}

internal sealed record AttachmentItem(string AttachmentId, string ContentType, long Size, string Sha256, NestedItem? Message, string UntrustedFilename)
{
    public static AttachmentItem Of(AttachmentView view) => new(
        view.AttachmentId, Shown.MediaType(view.ContentType), view.Size, view.Sha256, view.Message is { } inner ? NestedItem.Of(inner) : null, view.Filename);
}

internal sealed record NestedItem(string? FromAddress, string? UntrustedFromName, string UntrustedSubject)
{
    public static NestedItem Of(NestedView view) => new(Shown.OptionalAddress(view.FromAddress), view.FromName, view.Subject);
}

internal sealed record HiddenTextItem(int Chars, string SampleHash);

internal sealed record ReportItem(string Kind, string? OriginalMessageId, IReadOnlyList<ReportedItem> Recipients)
{
    public static ReportItem Of(ReportView view) => new(view.Kind, view.OriginalMessageId, [.. view.Recipients.Select(ReportedItem.Of)]);
}

internal sealed record ReportedItem(string? Address, string Action, string? Code, string UntrustedText)
{
    public static ReportedItem Of(ReportedRecipientView view) => new(Shown.OptionalAddress(view.Address), view.Action, view.Code, view.Text);
}

internal sealed record EventItem(
    string? OrganizerAddress,
    string? UntrustedMethod,
    string? UntrustedSummary,
    string? UntrustedLocation,
    string? UntrustedStart,
    string? UntrustedEnd,
    string? UntrustedUid)
{
    public static EventItem Of(EventView view) => new(
        Shown.OptionalAddress(view.Organizer), view.Method, view.Summary, view.Location, view.Start, view.End, view.Uid);
}

internal sealed record LinkItem(string Host, bool TextNamesAnotherHost, bool? MixedScript, string? UntrustedDisplayHost, string UntrustedTarget, string UntrustedText)
{
    public static LinkItem Of(LinkView link) => new(
        Shown.Host(link.Host), link.TextNamesAnotherHost, link.MixedScript, link.DisplayHost, link.Target, link.Text);
}

internal sealed record MessageAnswer(
    string MessageId,
    string ThreadId,
    string Mailbox,
    string Direction,
    string Status,
    string FromAddress,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    string ReceivedAt,
    bool Unread,
    string Format,
    int Offset,
    int BodyChars,
    int RemainingChars,
    int QuotedChars,
    string? Next,
    bool Automatic,
    IReadOnlyDictionary<string, int> Normalised,
    HiddenTextItem? HiddenTextRemoved,
    IReadOnlyList<string> Defects,
    IReadOnlyList<AttachmentItem> Attachments,
    IReadOnlyList<LinkItem> Links,
    ReportItem? Report,
    IReadOnlyList<EventItem>? Events,
    AuthenticationView? Authentication,
    string? UntrustedFromName,
    string UntrustedSubject,
    IReadOnlyDictionary<string, string>? UntrustedTags,
    string UntrustedBody)
{
    public static MessageAnswer Of(MessageView view) => new(
        view.MessageId,
        view.ThreadId,
        view.Mailbox,
        view.Direction,
        view.Status,
        Shown.Address(view.FromAddress),
        [.. view.To.Select(Shown.Address)],
        [.. view.Cc.Select(Shown.Address)],
        Rfc3339.Format(view.ReceivedAt),
        view.Unread,
        view.Format,
        view.Offset,
        view.BodyChars,
        view.RemainingChars,
        view.QuotedChars,
        view.RemainingChars > 0 ? $"read_email with offset {view.Offset + view.Body.Length}, else called alike, has the rest." : null,
        view.Automatic,
        view.Normalised,
        view.HiddenTextRemoved is { } hidden ? new HiddenTextItem(hidden.Chars, hidden.SampleHash) : null,
        view.Defects,
        [.. view.Attachments.Select(AttachmentItem.Of)],
        [.. view.Links.Select(LinkItem.Of)],
        view.Report is { } report ? ReportItem.Of(report) : null,
        view.Events?.Select(EventItem.Of).ToList(),
        view.Authentication,
        view.FromName,
        view.Subject,
        view.Tags.Count == 0 ? null : view.Tags,
        view.Body);
}

internal sealed record ThreadAnswer(
    string ThreadId, string Mailbox, string UntrustedSubject, IReadOnlyList<MessageItem> Messages, string? NextCursor, int Total)
{
    public static ThreadAnswer Of(ThreadView view, string bodies) => new(
        view.ThreadId, view.Mailbox, view.Subject, [.. view.Messages.Select(m => MessageItem.Of(m, bodies))], view.NextCursor, view.Total);
}

internal sealed record WaitAnswer(bool TimedOut, MessageItem? Message, string Next)
{
    public static WaitAnswer Of(WaitResult result) => new(
        result.TimedOut,
        result.Message is { } message ? MessageItem.Of(message) : null,
        result.Message is null ? "Nothing came in time. Call again to go on waiting." : "read_email has the text.");
}

internal sealed record ResultItem(string MessageId, bool Ok, string? Code, string? Message);

internal sealed record ItemsAnswer(IReadOnlyList<ResultItem> Results)
{
    public static ItemsAnswer Of(IReadOnlyList<ItemResult> results) =>
        new([.. results.Select(r => new ResultItem(r.MessageId, r.Ok, r.Code, r.Message))]);
}
