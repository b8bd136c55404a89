namespace MultiMail.Web.Api;

/// <summary>Addresses that nothing is sent to, and how mail is received.</summary>
internal static class SuppressionRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/suppressions", ListAsync);
        routes.MapCall("POST", "/v1/suppressions", AddAsync);
        routes.MapCall("DELETE", "/v1/suppressions/{id}", RemoveAsync);
        routes.MapCall("GET", "/v1/mailboxes/{id}/reputation", ReputationAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new SuppressionRequest
        {
            Address = query.Text("address"), Reason = query.Text("reason"), Limit = query.Integer("limit"), Cursor = query.Text("cursor"),
        };
        query.Complete();
        await call.OkAsync(await call.Node.Suppressions.ListAsync(call.Principal, request, call.Aborted));
    }

    private static async Task AddAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var (address, reason) = (body.Text("address"), body.Text("reason"));
        body.Complete();
        await call.OkAsync(await call.Node.Suppressions.AddAsync(call.Principal, address, reason, call.Aborted));
    }

    private static async Task RemoveAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Suppressions.RemoveAsync(call.Principal, call.Id, call.Aborted));
    }

    private static async Task ReputationAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Reputation.ShowAsync(call.Principal, call.Id, call.Aborted));
    }
}
