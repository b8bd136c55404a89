using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Mail as it lies in the mailboxes, to look at.</summary>
internal static class MailRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/mail", ListAsync);
        routes.MapPage("/mail/{id}", ReadAsync);
    }

    private static async Task ListAsync(PageCall call)
    {
        var mailboxes = (await call.Node.Mailboxes.ListAsync(call.Person, 100, null, call.Aborted)).Mailboxes;
        var chosen = mailboxes.FirstOrDefault(m => m.Id == call.Query("mailbox")) ?? (mailboxes.Count > 0 ? mailboxes[0] : null);
        var mail = chosen is null
            ? new MessageList([], null, 0)
            : await call.Node.Inbox.ListAsync(call.Person, new InboxRequest { Mailbox = chosen.Id, Folder = "all", Limit = 50, Cursor = call.Query("cursor") }, call.Aborted);
        await call.ShowAsync<MailPage>("Mail", "mail", new MailModel(mailboxes, chosen, mail));
    }

    private static async Task ReadAsync(PageCall call)
    {
        var message = await call.Node.Inbox.ReadAsync(call.Person, new ReadRequest { MessageId = call.Id, MaxChars = 100_000, IncludeQuoted = true }, call.Aborted);
        await call.ShowAsync<MessagePage>("Message", "mail", message);
    }
}

public sealed record MailModel(IReadOnlyList<MailboxView> Mailboxes, MailboxView? Chosen, MessageList Mail);
