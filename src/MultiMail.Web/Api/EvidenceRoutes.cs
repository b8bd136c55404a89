namespace MultiMail.Web.Api;

/// <summary>What speaks for and against a looser mode.</summary>
internal static class EvidenceRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapCall("GET", "/v1/mailboxes/{id}/evidence", ShowAsync);

    private static async Task ShowAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Evidence.OfAsync(call.Principal, call.Id, call.Aborted));
    }
}
