namespace MultiMail.Web.Tests.Api;

public sealed class RequestTests
{
    [Fact]
    public async Task A_looser_mode_is_asked_for_and_decided_over_rest()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));

        var asked = (await AskAsync(agent)).Is(HttpStatusCode.Accepted);
        Golden.Matches(Scrub.Json(asked.Body), "request-receipt.json");
        Assert.Equal($"{web.Node.Options.PublicUrl}/requests/{asked["request_id"]}", asked["approval_url"]);
        Golden.Matches(Scrub.Json((await person.GetAsync("/v1/requests")).Is(HttpStatusCode.OK).Body), "requests.json");
        var seen = (await person.GetAsync($"/v1/requests/{asked["request_id"]}")).Is(HttpStatusCode.OK);
        Golden.Matches(Scrub.Json(seen.Body), "request.json");

        (await person.PostAsync($"/v1/requests/{asked["request_id"]}/approve", new { })).IsProblem(HttpStatusCode.Conflict, "digest_mismatch");
        var decided = (await person.PostAsync($"/v1/requests/{asked["request_id"]}/approve", new { digest = seen["digest"] })).Is(HttpStatusCode.OK);
        Golden.Matches(Scrub.Json(decided.Body), "request-decision.json");
        Assert.Equal("monitored", await ModeAsync(web));
        (await person.PostAsync($"/v1/requests/{asked["request_id"]}/reject", new { digest = seen["digest"], reason = "No." })).IsProblem(HttpStatusCode.Conflict, "already_decided");
    }

    [Fact]
    public async Task A_tightening_is_answered_with_the_mailbox()
    {
        await using var web = await WebHouse.OpenAsync();

        var set = (await AskAsync(await web.RestAsync("read,send"), "gated_all")).Is(HttpStatusCode.OK);

        Assert.Equal("gated_all", set["oversight_mode"]);
    }

    [Fact]
    public async Task A_new_mailbox_of_an_agent_is_a_request()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var asked = (await agent.PostAsync("/v1/mailboxes", new { address = "sales@multimail.localhost" })).Is(HttpStatusCode.Accepted);

        Assert.Equal("pending", asked["status"]);
        Assert.Equal(asked["request_id"], (await agent.PostAsync("/v1/mailboxes", new { address = "sales@multimail.localhost" })).Is(HttpStatusCode.Accepted)["request_id"]);
        Assert.Equal(1, (await agent.GetAsync("/v1/requests")).Is(HttpStatusCode.OK).Body.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_bounce_is_lifted_over_rest()
    {
        await using var web = await WebHouse.OpenAsync();
        var (admin, person) = (await web.RestAsync("admin"), await web.RestAsync("operator"));
        await web.House.Store.WriteAsync(
            unit => unit.AddSuppressionAsync(new(web.House.Person.Account, "gone@example.com", Core.Suppression.SuppressionReason.HardBounce, null, "system", unit.Now)), CancellationToken.None);

        var asked = (await admin.PostAsync("/v1/requests", new { kind = "suppression", address = "gone@example.com", evidence = "They wrote." })).Is(HttpStatusCode.Accepted);
        (await person.PostAsync($"/v1/requests/{asked["request_id"]}/approve", new { digest = asked["digest"] })).Is(HttpStatusCode.OK);

        Assert.Empty((await person.GetAsync("/v1/suppressions")).Body.GetProperty("suppressions").EnumerateArray());
    }

    [Fact]
    public async Task The_refusal_of_a_looser_mode_names_the_way_to_ask()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var id = (await agent.GetAsync("/v1/mailboxes")).Body.GetProperty("mailboxes")[0].GetProperty("id").GetString();

        var refused = (await agent.PatchAsync($"/v1/mailboxes/{id}", new { oversight_mode = "monitored" })).IsProblem(HttpStatusCode.Forbidden, "oversight_scope_required");

        Assert.Contains("/v1/requests", refused["fix"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_asker_decides_nothing_and_others_see_nothing()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, other, tester) = (await web.RestAsync("read,send"), await web.RestAsync("read,send,admin"), await web.RestAsync("operator", "test"));
        var asked = (await AskAsync(agent)).Is(HttpStatusCode.Accepted);
        var decision = new { digest = asked["digest"], reason = "mine" };

        (await agent.PostAsync($"/v1/requests/{asked["request_id"]}/approve", decision)).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        (await tester.PostAsync($"/v1/requests/{asked["request_id"]}/approve", decision)).IsProblem(HttpStatusCode.Forbidden, "live_key_required");
        (await other.GetAsync($"/v1/requests/{asked["request_id"]}")).IsProblem(HttpStatusCode.NotFound, "not_found");
        Assert.Equal("gated_send", await ModeAsync(web));
    }

    [Fact]
    public async Task Kinds_and_fields_that_do_not_exist_are_refused_by_name()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        Assert.Equal([("kind", "invalid_parameter")], (await agent.PostAsync("/v1/requests", new { kind = "webhook" })).Violations);
        Assert.Contains(("mode", "unknown_parameter"), (await agent.PostAsync("/v1/requests", new { kind = "mode", mailbox = Addresses.Agent, mode = "monitored" })).Violations);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.GetAsync("/v1/requests?status=open")).Status);
        (await agent.GetAsync("/v1/requests?cursor=nonsense!")).IsProblem(HttpStatusCode.BadRequest, "invalid_cursor");
    }

    [Theory]
    [InlineData("/v1/mailboxes", """{"address":"sales@multimail.localhost","display_name":"\ud800"}""")]
    [InlineData("/v1/requests", """{"kind":"mode","mailbox":"agent@multimail.localhost","target_mode":"monitored","justification":"\ud800"}""")]
    public async Task Half_a_character_is_refused_and_breaks_nothing(string path, string body)
    {
        await using var web = await WebHouse.OpenAsync();

        var refused = await (await web.RestAsync("read,send")).PostAsync(path, body);

        Assert.InRange((int)refused.Status, 400, 422);
        Assert.Equal(0, await web.Node.Requests.CountPendingAsync(web.House.Person, CancellationToken.None));
    }

    private static Task<RestAnswer> AskAsync(RestClient who, string mode = "monitored") =>
        who.PostAsync("/v1/requests", new { kind = "mode", mailbox = Addresses.Agent, target_mode = mode, justification = "Thirty clean weeks." });

    private static async Task<string> ModeAsync(WebHouse web) =>
        (await web.Node.Mailboxes.GetAsync(web.House.Person, Addresses.Agent, CancellationToken.None)).OversightMode;
}
