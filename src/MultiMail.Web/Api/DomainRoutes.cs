namespace MultiMail.Web.Api;

/// <summary>Own domains, the records to publish, and what DNS says of them.</summary>
internal static class DomainRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/domains", ListAsync);
        routes.MapCall("POST", "/v1/domains", AddAsync);
        routes.MapCall("POST", "/v1/domains/{id}/check", CheckAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Domains.ListAsync(call.Principal, call.Aborted));
    }

    private static async Task AddAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var name = body.Text("name");
        body.Complete();
        var added = await call.Node.Domains.AddAsync(call.Principal, name, call.Aborted);
        await call.CreatedAsync($"/v1/domains/{added.Id}", added);
    }

    private static async Task CheckAsync(ApiCall call)
    {
        (await call.BodyAsync()).Complete();
        await call.OkAsync(await call.Node.Domains.CheckAsync(call.Principal, call.Id, call.Aborted));
    }
}
