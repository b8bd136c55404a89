namespace MultiMail.Web.Tests.Api;

public sealed class MailboxTests
{
    [Fact]
    public async Task An_operator_key_makes_a_mailbox()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");

        var made = (await person.PostAsync("/v1/mailboxes", new { address = "sales@multimail.localhost", display_name = "Sales", oversight_mode = "gated_send", agent_id = "sales" }))
            .Is(HttpStatusCode.Created);

        Golden.Matches(Scrub.Json(made.Body), "mailbox.json");
        Assert.Equal($"/v1/mailboxes/{made["id"]}", made.Headers.Location?.ToString());
        Assert.Equal(made["id"], (await person.GetAsync($"/v1/mailboxes/{made["id"]}")).Is(HttpStatusCode.OK)["id"]);
    }

    [Fact]
    public async Task The_list_has_the_form_of_lists()
    {
        await using var web = await WebHouse.OpenAsync();

        var list = (await (await web.RestAsync("read")).GetAsync("/v1/mailboxes")).Is(HttpStatusCode.OK);

        Golden.Matches(Scrub.Json(list.Body), "mailboxes.json");
    }

    [Fact]
    public async Task A_taken_address_is_refused()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");

        (await person.PostAsync("/v1/mailboxes", new { address = Addresses.Agent })).IsProblem(HttpStatusCode.UnprocessableEntity, "address_taken");
    }

    [Fact]
    public async Task Everything_wrong_with_a_new_mailbox_is_named()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");

        var refused = await person.PostAsync("/v1/mailboxes", new { address = "no address", oversight_mode = "wild", agent_id = "Bad Id" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["address", "agent_id", "oversight_mode"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_agent_tightens_but_never_loosens()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var id = (await agent.GetAsync("/v1/mailboxes")).Body.GetProperty("mailboxes")[0].GetProperty("id").GetString();

        (await agent.PatchAsync($"/v1/mailboxes/{id}", new { oversight_mode = "monitored" })).IsProblem(HttpStatusCode.Forbidden, "oversight_scope_required");
        Assert.Equal("gated_all", (await agent.PatchAsync($"/v1/mailboxes/{id}", new { oversight_mode = "gated_all" })).Is(HttpStatusCode.OK)["oversight_mode"]);
        Assert.Equal("monitored", (await person.PatchAsync($"/v1/mailboxes/{id}", new { oversight_mode = "monitored" })).Is(HttpStatusCode.OK)["oversight_mode"]);
    }

    [Fact]
    public async Task A_stale_version_is_a_conflict()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");
        var mailbox = (await person.GetAsync("/v1/mailboxes")).Body.GetProperty("mailboxes")[0];
        var (id, version) = (mailbox.GetProperty("id").GetString(), mailbox.GetProperty("version").GetInt32());
        (await person.PatchAsync($"/v1/mailboxes/{id}", new { oversight_mode = "gated_all", expected_version = version })).Is(HttpStatusCode.OK);

        (await person.PatchAsync($"/v1/mailboxes/{id}", new { oversight_mode = "monitored", expected_version = version })).IsProblem(HttpStatusCode.Conflict, "version_conflict");
    }

    [Fact]
    public async Task An_empty_or_misspelt_change_is_refused()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");
        var id = (await person.GetAsync("/v1/mailboxes")).Body.GetProperty("mailboxes")[0].GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.PatchAsync($"/v1/mailboxes/{id}", new { })).Status);
        Assert.Contains(("mode", "unknown_parameter"), (await person.PatchAsync($"/v1/mailboxes/{id}", new { mode = "monitored" })).Violations);
        (await person.PatchAsync("/v1/mailboxes/mbx_x", new { oversight_mode = "monitored" })).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Account_and_audit_answer_who_and_what()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, admin) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        await agent.SendMailAsync();

        Golden.Matches(Scrub.Json((await agent.GetAsync("/v1/account")).Is(HttpStatusCode.OK).Body), "account.json");
        var log = (await admin.GetAsync("/v1/audit?limit=1&action=send.held")).Is(HttpStatusCode.OK);
        Golden.Matches(Scrub.Json(log.Body), "audit.json");
    }
}
