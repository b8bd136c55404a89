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
            "full" => item with { UntrustedSnippet = null, UntrustedBody = message.Body, RemainingChars = message.RemainingChars },
            "none" => item with { UntrustedSnippet = null },
            _ => item,
        };
    }
}

internal sealed record MessageListAnswer(IReadOnlyList<MessageItem> Messages, string? NextCursor, int Total, int Held)
{
    public static MessageListAnswer Of(MessageList list) => new([.. list.Messages.Select(MessageItem.Of)], list.NextCursor, list.Total, list.Held);
}

internal sealed record AttachmentItem(string AttachmentId, string ContentType, long Size, string Sha256, string UntrustedFilename);

internal sealed record LinkItem(string Host, bool TextNamesAnotherHost, string UntrustedTarget, string UntrustedText)
{
    public static LinkItem Of(LinkView link) => new(Shown.Host(link.Host), link.TextNamesAnotherHost, link.Target, link.Text);
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
    string? Next,
    IReadOnlyDictionary<string, int> Removed,
    int HiddenTextChars,
    IReadOnlyList<string> Defects,
    IReadOnlyList<AttachmentItem> Attachments,
    IReadOnlyList<LinkItem> Links,
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
        view.RemainingChars > 0 ? $"read_email with offset {view.Offset + view.Body.Length} has the rest." : null,
        view.Removed,
        view.HiddenTextChars,
        view.Defects,
        [.. view.Attachments.Select(a => new AttachmentItem(a.AttachmentId, Shown.MediaType(a.ContentType), a.Size, a.Sha256, a.Filename))],
        [.. view.Links.Select(LinkItem.Of)],
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
