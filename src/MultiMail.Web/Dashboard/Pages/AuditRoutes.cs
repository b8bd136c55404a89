using MultiMail.Core.Audit;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>What was done, newest first.</summary>
internal static class AuditRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPage("/audit", ShowAsync);

    private static async Task ShowAsync(PageCall call)
    {
        var request = new AuditLogRequest { MessageId = call.Query("message_id"), Limit = 50, Cursor = call.Query("cursor") };
        await call.ShowAsync<AuditPage>("Audit", "audit", await call.Node.Audit.QueryAsync(call.Person, request, call.Aborted));
    }
}
