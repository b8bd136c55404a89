namespace MultiMail.Web.Tests.Api;

public sealed class ProfileTests
{
    [Fact]
    public async Task An_operator_key_sets_single_fields_and_an_agent_key_none()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        Assert.False((await person.GetAsync("/v1/profile")).Is(HttpStatusCode.OK).Body.GetProperty("complete").GetBoolean());
        var set = (await person.PatchAsync("/v1/profile", new { name = "Example GmbH", address_lines = new[] { "Street 1", "Town" }, country = "DE" })).Is(HttpStatusCode.OK);
        Assert.Equal(("Example GmbH", "DE", true), (set["name"], set["country"], set.Body.GetProperty("complete").GetBoolean()));
        var put = (await person.SendAsync(HttpMethod.Put, "/v1/profile", System.Net.Http.Json.JsonContent.Create(new { language = "de" }))).Is(HttpStatusCode.OK);
        Assert.Equal(("Example GmbH", "de"), (put["name"], put["language"]));
        (await agent.PatchAsync("/v1/profile", new { name = "Evil" })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        (await agent.GetAsync("/v1/profile")).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        (await person.PatchAsync("/v1/profile", new { address = "Street 1" })).IsProblem(HttpStatusCode.UnprocessableEntity, "unknown_parameter");
        (await person.PatchAsync("/v1/profile", new { country = "XX", notify = Addresses.Agent })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid_parameter");
    }
}
