using MultiMail.Core.Templates;

namespace MultiMail.Web.Api;

/// <summary>Texts with variables.</summary>
internal static class TemplateRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/templates", ListAsync);
        routes.MapCall("POST", "/v1/templates", AddAsync);
        routes.MapCall("GET", "/v1/templates/{id}", GetAsync);
        routes.MapCall("PUT", "/v1/templates/{id}", ChangeAsync);
        routes.MapCall("DELETE", "/v1/templates/{id}", DeleteAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new TemplateRequest { Query = query.Text("query"), Limit = query.Integer("limit"), Cursor = query.Text("cursor") };
        query.Complete();
        await call.OkAsync(await call.Node.Templates.ListAsync(call.Principal, request, call.Aborted));
    }

    private static async Task AddAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var fields = Fields(body) with { IdempotencyKey = call.IdempotencyKey(body) };
        body.Complete();
        var made = await call.Node.Templates.SaveAsync(call.Principal, fields, call.Aborted);
        await call.CreatedAsync($"/v1/templates/{made.Id}", made);
    }

    private static async Task GetAsync(ApiCall call)
    {
        var query = call.Query;
        var version = query.Integer("version");
        query.Complete();
        await call.OkAsync(await call.Node.Templates.GetAsync(call.Principal, call.Id, version, call.Aborted));
    }

    private static async Task ChangeAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var fields = Fields(body) with { TemplateId = call.Id, ExpectedVersion = body.Integer("expected_version") };
        body.Complete();
        await call.OkAsync(await call.Node.Templates.SaveAsync(call.Principal, fields, call.Aborted));
    }

    private static async Task DeleteAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.Node.Templates.DeleteAsync(call.Principal, call.Id, call.Aborted);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static TemplateFields Fields(JsonFields body) => new()
    {
        Name = body.Text("name"),
        Subject = body.Text("subject"),
        Text = body.Text("text"),
        Html = body.Text("html"),
        Markdown = body.Text("markdown"),
        Variables = body.Texts("variables"),
    };
}
