using MultiMail.Core.Suppression;

namespace MultiMail.Web.Tests.Api;

public sealed class SuppressionTests
{
    private const string Ann = "ann@example.net";

    [Fact]
    public async Task A_key_that_sends_adds_and_only_an_operator_key_removes()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var added = (await agent.PostAsync("/v1/suppressions", new { address = Ann, reason = "she wrote so" })).Is(HttpStatusCode.OK);
        Assert.Equal((Ann, "manual", (string?)null), (added["address"], added["reason"], added["note"]));
        (await agent.PostAsync("/v1/suppressions", new { address = Ann, reason = new string('x', 501) })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid_parameter");
        (await agent.PostAsync("/v1/suppressions", new { address = Ann, note = "x" })).IsProblem(HttpStatusCode.UnprocessableEntity, "unknown_parameter");
        (await (await web.RestAsync("read")).PostAsync("/v1/suppressions", new { address = Ann })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");

        var list = (await person.GetAsync("/v1/suppressions?reason=manual")).Is(HttpStatusCode.OK).Body.GetProperty("suppressions");
        Assert.Equal("she wrote so", list[0].GetProperty("note").GetString());
        Assert.Equal(0, (await agent.GetAsync("/v1/suppressions?reason=bounce")).Body.GetProperty("suppressions").GetArrayLength());
        (await agent.GetAsync("/v1/suppressions?reason=whim")).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid_parameter");

        (await agent.SendAsync(HttpMethod.Delete, $"/v1/suppressions/{Ann}", null)).IsProblem(HttpStatusCode.Forbidden, "oversight_scope_required");
        var removed = (await person.SendAsync(HttpMethod.Delete, $"/v1/suppressions/{Ann}", null)).Is(HttpStatusCode.OK);
        Assert.Equal("manual", removed.Body.GetProperty("lifted")[0].GetString());
        (await person.SendAsync(HttpMethod.Delete, $"/v1/suppressions/{Ann}", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_the_recipient_asked_for_is_not_lifted_over_rest()
    {
        await using var web = await WebHouse.OpenAsync();
        var tokens = new UnsubscribeTokens(new SuppressionSecrets(web.Node.Options));
        await web.Node.Unsubscribing.ApplyAsync(tokens.Make(new(web.House.Person.Account, UnsubscribeTokens.DefaultList, Ann)), CancellationToken.None);
        var refused = (await (await web.RestAsync("operator")).SendAsync(HttpMethod.Delete, $"/v1/suppressions/{Ann}", null)).IsProblem(HttpStatusCode.UnprocessableEntity, "suppressed");
        Assert.Contains("/suppressions?address=ann%40example.net", refused["fix"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_tells_how_its_mail_is_received()
    {
        await using var web = await WebHouse.OpenAsync();
        var read = await web.RestAsync("read");
        var answer = (await read.GetAsync($"/v1/mailboxes/{Addresses.Agent}/reputation")).Is(HttpStatusCode.OK);
        Assert.Equal((Addresses.Agent, "0", "0", "good"), (answer["address"], answer["sent"], answer["complaint_rate"], answer["level"]));
        (await read.GetAsync("/v1/mailboxes/nobody@example.net/reputation")).IsProblem(HttpStatusCode.NotFound, "not_found");
    }
}
