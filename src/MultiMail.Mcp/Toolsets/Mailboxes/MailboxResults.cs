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
