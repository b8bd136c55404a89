namespace MultiMail.Web.Tests.Api;

public sealed class ContactTests
{
    [Fact]
    public async Task A_contacts_life()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var made = (await agent.PostAsync("/v1/contacts", new { email = "ann@example.org", name = "Ann", tags = new[] { "vip" }, source = "met at the fair", language = "de" })).Is(HttpStatusCode.Created);
        var path = $"/v1/contacts/{made["id"]}";
        Assert.Equal(path, made.Headers.Location?.ToString());
        Golden.Matches(Scrub.Json(made.Body), "contact.json");

        var changed = (await agent.PatchAsync(path, new { notes = "tea", tags = Array.Empty<string>(), expected_version = 1 })).Is(HttpStatusCode.OK);
        Assert.Equal(("2", "Ann", "[]"), (changed["version"], changed["name"], changed["tags"]));
        (await agent.PatchAsync(path, new { name = "x", expected_version = 1 })).IsProblem(HttpStatusCode.Conflict, "version_conflict");
        Assert.Equal(1, (await agent.GetAsync("/v1/contacts?query=ann&limit=1")).Is(HttpStatusCode.OK).Body.GetProperty("contacts").GetArrayLength());
        Assert.Equal(0, (await agent.GetAsync("/v1/contacts?tag=vip")).Is(HttpStatusCode.OK).Body.GetProperty("contacts").GetArrayLength());
        (await agent.SendAsync(HttpMethod.Delete, path, null)).Is(HttpStatusCode.NoContent);
        (await agent.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task An_operator_key_records_what_an_agent_may_not()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var made = await agent.PostAsync("/v1/contacts", new { email = "bot@example.org", source = "their site" });
        var path = $"/v1/contacts/{made["id"]}";
        var machine = new { recipient_kind = "machine", machine_evidence = "It is a ticket system." };
        (await agent.PatchAsync(path, machine)).IsProblem(HttpStatusCode.Forbidden, "oversight_scope_required");
        (await agent.PatchAsync(path, new { consent = new { source = "form", time = "2026-11-01T00:00:00Z", wording = "Yes." } })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        Assert.Equal("machine", (await person.PatchAsync(path, machine)).Is(HttpStatusCode.OK)["recipient_kind"]);
        var consented = (await person.PatchAsync(path, new { consent = new { source = "form", time = "2026-11-01T00:00:00Z", wording = "Yes." }, relationship = new { basis = "delivery", note = "order 7" } })).Is(HttpStatusCode.OK);
        Assert.Equal("2026-11-01T00:00:00.000Z", consented.Body.GetProperty("consent").GetProperty("time").GetString());
        Assert.Equal("delivery", consented.Body.GetProperty("relationship").GetProperty("basis").GetString());
    }

    [Fact]
    public async Task Wrong_forms_are_named_with_their_path()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");
        var refused = await person.PostAsync("/v1/contacts", new { email = 1, consent = new { source = "x", tiem = "x" }, relationship = "y", colour = "red" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["colour", "consent.tiem", "email", "relationship"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
    }
}
