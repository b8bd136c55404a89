using MultiMail.Core.Contacts;

namespace MultiMail.Web.Api;

/// <summary>Whom the account writes to.</summary>
internal static class ContactRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/contacts", ListAsync);
        routes.MapCall("POST", "/v1/contacts", AddAsync);
        routes.MapCall("GET", "/v1/contacts/{id}", GetAsync);
        routes.MapCall("PATCH", "/v1/contacts/{id}", ChangeAsync);
        routes.MapCall("DELETE", "/v1/contacts/{id}", DeleteAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new ContactRequest { Query = query.Text("query"), Tag = query.Text("tag"), Limit = query.Integer("limit"), Cursor = query.Text("cursor") };
        query.Complete();
        await call.OkAsync(await call.Node.Contacts.SearchAsync(call.Principal, request, call.Aborted));
    }

    private static async Task AddAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var fields = Fields(body) with { IdempotencyKey = call.IdempotencyKey(body) };
        body.Complete();
        var made = await call.Node.Contacts.AddAsync(call.Principal, fields, call.Aborted);
        await call.CreatedAsync($"/v1/contacts/{made.Id}", made);
    }

    private static async Task GetAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Contacts.GetAsync(call.Principal, call.Id, call.Aborted));
    }

    private static async Task ChangeAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var fields = Fields(body) with
        {
            RemoveConsent = body.Flag("remove_consent") ?? false,
            RemoveRelationship = body.Flag("remove_relationship") ?? false,
            ExpectedVersion = body.Integer("expected_version"),
        };
        body.Complete();
        await call.OkAsync(await call.Node.Contacts.ChangeAsync(call.Principal, call.Id, fields, call.Aborted));
    }

    private static async Task DeleteAsync(ApiCall call)
    {
        var query = call.Query;
        var version = query.Integer("expected_version");
        query.Complete();
        await call.Node.Contacts.DeleteAsync(call.Principal, call.Id, version, call.Aborted);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static ContactFields Fields(JsonFields body) => new()
    {
        Email = body.Text("email"),
        Name = body.Text("name"),
        Tags = body.OptionalTexts("tags"),
        Notes = body.Text("notes"),
        Source = body.Text("source"),
        Language = body.Text("language"),
        RecipientKind = body.Text("recipient_kind"),
        MachineEvidence = body.Text("machine_evidence"),
        Consent = body.Object("consent", c => new ConsentFields(c.Text("source"), c.Text("time"), c.Text("wording"))),
        Relationship = body.Object("relationship", r => new RelationshipFields(r.Text("basis"), r.Text("note"))),
    };
}
