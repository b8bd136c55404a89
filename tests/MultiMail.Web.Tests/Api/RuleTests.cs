namespace MultiMail.Web.Tests.Api;

public sealed class RuleTests
{
    [Fact]
    public async Task A_rule_is_made_listed_and_taken_away()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");

        var made = (await person.PostAsync("/v1/access-rules", new { direction = "send", type = "allow", pattern = "*@Customer.Example", note = "ours" })).Is(HttpStatusCode.Created);
        Assert.Equal($"/v1/access-rules/{made["id"]}", made.Headers.Location?.ToString());
        var list = (await person.GetAsync("/v1/access-rules?direction=send&type=allow")).Is(HttpStatusCode.OK);
        Assert.Equal("*@customer.example", list.Body.GetProperty("access_rules")[0].GetProperty("pattern").GetString());
        (await person.SendAsync(HttpMethod.Delete, $"/v1/access-rules/{made["id"]}", null)).Is(HttpStatusCode.NoContent);
        (await person.SendAsync(HttpMethod.Delete, $"/v1/access-rules/{made["id"]}", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task An_admin_key_blocks_at_once_and_asks_for_an_allow()
    {
        await using var web = await WebHouse.OpenAsync();
        var (admin, agent) = (await web.RestAsync("admin"), await web.RestAsync("read,send"));

        (await admin.PostAsync("/v1/access-rules", new { direction = "send", type = "block", pattern = Addresses.Person })).Is(HttpStatusCode.Created);
        var asked = (await admin.PostAsync("/v1/access-rules", new { direction = "send", type = "allow", pattern = "*" })).Is(HttpStatusCode.Accepted);
        Assert.StartsWith("req_", asked["request_id"], StringComparison.Ordinal);
        (await agent.PostAsync("/v1/access-rules", new { direction = "send", type = "allow", pattern = "*" })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        (await agent.SendMailAsync()).IsProblem(HttpStatusCode.Forbidden, "recipient_blocked");
    }

    [Fact]
    public async Task Everything_wrong_with_a_rule_is_named()
    {
        await using var web = await WebHouse.OpenAsync();

        var refused = await (await web.RestAsync("operator")).PostAsync("/v1/access-rules", new { type = "maybe", pattern = "nobody", note = new string('x', 501) });

        Assert.Equal(["direction", "note", "pattern", "type"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_policy_tells_what_happens_to_mail_for_somebody()
    {
        await using var web = await WebHouse.OpenAsync();

        var policy = (await (await web.RestAsync("read,send")).GetAsync($"/v1/policy?mailbox={Addresses.Agent}&recipient={Addresses.Person}")).Is(HttpStatusCode.OK);

        Assert.Equal(("held", "gated_send", Addresses.Person), (policy["outcome"], policy["oversight_mode"], policy["recipient"]));
    }

    [Fact]
    public async Task Too_much_says_when_it_would_be_taken()
    {
        await using var web = await WebHouse.OpenAsync(options: key => new Core.Node.CoreOptions { MasterKey = key, SendsPerMinute = 1 });
        var agent = await web.RestAsync("read,send");
        (await agent.SendMailAsync()).Is(HttpStatusCode.Accepted);

        var refused = await agent.SendMailAsync("Another");

        refused.IsProblem(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.Equal(refused.Headers.RetryAfter!.ToString(), refused.Body.GetProperty("retry_after").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
