using MultiMail.Core.Mailboxes;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Toolsets.Mailboxes;

internal sealed record MailboxItem(
    string Id,
    string Address,
    string? DisplayName,
    string OversightMode,
    string? AgentId,
    string Status,
    int Unread,
    int Pending,
    int Version,
    string CreatedAt)
{
    public static MailboxItem Of(MailboxView view) => new(
        view.Id,
        view.Address,
        view.DisplayName,
        view.OversightMode,
        view.AgentId,
        view.Status,
        view.Unread,
        view.Pending,
        view.Version,
        Rfc3339.Format(view.CreatedAt));
}

internal sealed record MailboxListAnswer(IReadOnlyList<MailboxItem> Mailboxes, string? NextCursor, int Total)
{
    public static MailboxListAnswer Of(MailboxList list) => new([.. list.Mailboxes.Select(MailboxItem.Of)], list.NextCursor, list.Total);
}

/// <summary>The new mailbox, or the request for one: then it has a request_id and no id, and its status is <c>pending</c>.</summary>
internal sealed record CreatedMailbox(
    string? Id,
    string Address,
    string? DisplayName,
    string OversightMode,
    string? AgentId,
    string Status,
    int? Version,
    string? CreatedAt,
    string? RequestId,
    string? ApprovalUrl,
    string? Next)
{
    public static CreatedMailbox Of(MailboxOutcome outcome) => outcome switch
    {
        MailboxMade(var m) => new(m.Id, m.Address, m.DisplayName, m.OversightMode, m.AgentId, m.Status, m.Version, Rfc3339.Format(m.CreatedAt), null, null, null),
        MailboxAsked asked => new(
            null, asked.Address, asked.DisplayName, asked.OversightMode, asked.AgentId, asked.Request.Status, null, null, asked.Request.RequestId, asked.Request.ApprovalUrl,
            "A person decides at approval_url. Once approved, list_mailboxes shows the mailbox."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
