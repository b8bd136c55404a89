using MultiMail.Core.Messages;

namespace MultiMail.Web.Api;

/// <summary>Find mail: lists, conversations, search.</summary>
internal static class InboxRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/inbox", ListAsync);
        routes.MapCall("GET", "/v1/threads/{id}", ThreadAsync);
        routes.MapCall("GET", "/v1/search", SearchAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new InboxRequest
        {
            Mailbox = query.Text("mailbox"),
            Folder = query.Text("folder"),
            Unread = query.Flag("unread"),
            From = query.Text("from"),
            To = query.Text("to"),
            Subject = query.Text("subject"),
            Since = query.Text("since"),
            Before = query.Text("before"),
            Tag = query.Text("tag"),
            HasAttachments = query.Flag("has_attachments"),
            SinceId = query.Text("since_id"),
            Limit = query.Integer("limit"),
            Cursor = query.Text("cursor"),
        };
        query.Complete();
        await call.OkAsync(await call.Node.Inbox.ListAsync(call.Principal, request, call.Aborted));
    }

    private static async Task ThreadAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new ThreadRequest
        {
            ThreadId = call.Id,
            Bodies = query.Text("bodies"),
            MaxCharsPerMessage = query.Integer("max_chars_per_message"),
            Limit = query.Integer("limit"),
            Cursor = query.Text("cursor"),
        };
        query.Complete();
        await call.OkAsync(ThreadBody.Of(await call.Node.Inbox.ThreadAsync(call.Principal, request, call.Aborted)));
    }

    private static async Task SearchAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new SearchRequest
        {
            Query = query.Text("query"),
            Mailboxes = query.Texts("mailbox"),
            Folder = query.Text("folder"),
            Since = query.Text("since"),
            Before = query.Text("before"),
            Limit = query.Integer("limit"),
            Cursor = query.Text("cursor"),
        };
        query.Complete();
        await call.OkAsync(await call.Node.Inbox.SearchAsync(call.Principal, request, call.Aborted));
    }
}
