namespace MultiMail.Web.Tests.Api;

/// <summary>Relay and source over REST: written, never read, and not by whoever sends.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task An_operator_key_makes_links_and_tries_a_mailbox_elsewhere_and_no_answer_holds_the_password()
    {
        await using var web = await WebHouse.OpenAsync(options: new Linked().Options);
        var person = await web.RestAsync("operator");
        var made = (await person.PostAsync("/v1/mailboxes", new { address = Linked.Address, smtp_url = Linked.SmtpUrl, imap_url = Linked.ImapUrl })).Is(HttpStatusCode.Created);
        Assert.Equal("True", made["hosted_elsewhere"]);
        var tried = (await person.PostAsync($"/v1/mailboxes/{made["id"]}/check", null)).Is(HttpStatusCode.OK);
        Assert.Equal("ok", tried.Body.GetProperty("relay").GetProperty("code").GetString());
        var wrong = (await person.PatchAsync($"/v1/mailboxes/{made["id"]}", new { smtp_url = "smtps://ann:bad-canary@smtp.example.net" })).IsProblem(HttpStatusCode.UnprocessableEntity, "endpoint_check_failed");
        var kept = (await person.PatchAsync($"/v1/mailboxes/{made["id"]}", new { smtp_url = "smtps://ann:bad-canary@smtp.example.net", check = false })).Is(HttpStatusCode.OK);
        var gone = (await person.PatchAsync($"/v1/mailboxes/{made["id"]}", new { smtp_url = "", imap_url = "" })).Is(HttpStatusCode.OK);
        Assert.Equal("False", gone["hosted_elsewhere"]);
        var list = await person.GetAsync("/v1/mailboxes");
        Assert.DoesNotContain("canary", made.Text + tried.Text + wrong.Text + kept.Text + list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_sends_neither_links_nor_tries()
    {
        var linked = new Linked();
        await using var web = await WebHouse.OpenAsync(options: linked.Options);
        var person = await web.RestAsync("operator");
        var id = (await person.PostAsync("/v1/mailboxes", new { address = Linked.Address, smtp_url = Linked.SmtpUrl })).Is(HttpStatusCode.Created)["id"];
        foreach (var scopes in (string[])["read,send", "send,admin"])
        {
            var agent = await web.RestAsync(scopes);
            (await agent.PatchAsync($"/v1/mailboxes/{id}", new { smtp_url = "smtps://a:b@thief.example" })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
            (await agent.PostAsync($"/v1/mailboxes/{id}/check", null)).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
            (await agent.GetAsync("/v1/domains")).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
            (await agent.PostAsync("/v1/domains", new { name = "example.org" })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        }

        Assert.All(linked.Transport.Checked, relay => Assert.Equal("smtp.example.net", relay.Host));
    }

    [Fact]
    public async Task A_relay_and_a_mode_do_not_change_in_one_request()
    {
        await using var web = await WebHouse.OpenAsync(options: new Linked().Options);
        var person = await web.RestAsync("operator");
        var id = (await person.PostAsync("/v1/mailboxes", new { address = Linked.Address, smtp_url = Linked.SmtpUrl })).Is(HttpStatusCode.Created)["id"];
        Assert.Contains(("smtp_url", "invalid_parameter"), (await person.PatchAsync($"/v1/mailboxes/{id}", new { smtp_url = "", oversight_mode = "read_only" })).Violations);
    }

    [Fact]
    public async Task A_domain_is_registered_listed_and_looked_at()
    {
        var linked = new Linked();
        await using var web = await WebHouse.OpenAsync(options: linked.Options);
        var person = await web.RestAsync("operator");
        var added = (await person.PostAsync("/v1/domains", new { name = "example.org" })).Is(HttpStatusCode.Created);
        var dkim = added.Body.GetProperty("records")[0];
        Assert.Equal("pending", (await person.PostAsync($"/v1/domains/{added["id"]}/check", null)).Is(HttpStatusCode.OK)["state"]);
        linked.Dns.Set(dkim.GetProperty("name").GetString()!, MultiMail.Mail.DnsType.Text, dkim.GetProperty("value").GetString()!);
        Assert.Equal("verified", (await person.PostAsync($"/v1/domains/{added["id"]}/check", null)).Is(HttpStatusCode.OK)["state"]);
        var list = (await person.GetAsync("/v1/domains")).Is(HttpStatusCode.OK);
        Assert.Equal("verified", list.Body.GetProperty("domains")[0].GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, list.Body.GetProperty("next_cursor").ValueKind);
        (await person.PostAsync("/v1/domains/dom_x/check", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
        Assert.Contains(("name", "invalid_parameter"), (await person.PostAsync("/v1/domains", new { name = "Example.ORG" })).Violations);
    }
}
