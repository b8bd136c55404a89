using MultiMail.Core.Suppression;

namespace MultiMail.Web.Api;

/// <summary>Addresses that nothing is sent to.</summary>
internal static class SuppressionRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/suppressions", ListAsync);
        routes.MapCall("POST", "/v1/suppressions", AddAsync);
        routes.MapCall("DELETE", "/v1/suppressions/{id}", RemoveAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new SuppressionRequest { Address = query.Text("address"), Limit = query.Integer("limit"), Cursor = query.Text("cursor") };
        query.Complete();
        await call.OkAsync(await call.Node.Suppressions.ListAsync(call.Principal, request, call.Aborted));
    }

    private static async Task AddAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var address = body.Text("address");
        body.Complete();
        await call.OkAsync(await call.Node.Suppressions.AddAsync(call.Principal, address, call.Aborted));
    }

    private static async Task RemoveAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.Node.Suppressions.RemoveAsync(call.Principal, call.Id, call.Aborted);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
