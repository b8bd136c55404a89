namespace MultiMail.Web.Api;

/// <summary>Stops sending. Nothing here sets it going again: a person does, in the terminal or on the page.</summary>
internal static class PauseRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/pause", ListAsync);
        routes.MapCall("POST", "/v1/pause", PauseAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Pauses.ListAsync(call.Principal, call.Aborted));
    }

    private static async Task PauseAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var (mailbox, reason) = (body.Text("mailbox"), body.Text("reason"));
        body.Complete();
        await call.OkAsync(await call.Node.Pauses.PauseAsync(call.Principal, mailbox, reason, call.Aborted));
    }
}
