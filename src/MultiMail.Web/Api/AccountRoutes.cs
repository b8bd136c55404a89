using MultiMail.Core.Audit;

namespace MultiMail.Web.Api;

/// <summary>Who am I, and what was done.</summary>
internal static class AccountRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/account", AccountAsync);
        routes.MapCall("GET", "/v1/audit", AuditAsync);
    }

    private static async Task AccountAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.People.AccountAsync(call.Principal, call.Aborted));
    }

    private static async Task AuditAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new AuditLogRequest
        {
            Mailbox = query.Text("mailbox"),
            MessageId = query.Text("message_id"),
            Actor = query.Text("actor"),
            Action = query.Text("action"),
            Since = query.Text("since"),
            Limit = query.Integer("limit"),
            Cursor = query.Text("cursor"),
        };
        query.Complete();
        await call.OkAsync(await call.Node.Audit.QueryAsync(call.Principal, request, call.Aborted));
    }
}
