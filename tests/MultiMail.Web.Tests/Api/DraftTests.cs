namespace MultiMail.Web.Tests.Api;

public sealed class DraftTests
{
    [Fact]
    public async Task A_draft_is_saved_changed_previewed_and_submitted()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var saved = (await agent.PostAsync("/v1/drafts", new { from = Addresses.Agent, to = Addresses.Person, subject = "Hello" })).Is(HttpStatusCode.Created);
        var id = saved["message_id"]!;
        Golden.Matches(Scrub.Json(saved.Body), "draft.json");

        var preview = (await agent.PostAsync($"/v1/emails/{id}/preview", null)).Is(HttpStatusCode.OK);
        Assert.Equal(("refused", "invalid_parameter"), (preview["would_be"], preview["code"]));

        var edited = (await agent.PatchAsync($"/v1/emails/{id}", new { expected_version = 1, text = "Whole.", cc = Array.Empty<string>() })).Is(HttpStatusCode.OK);
        Assert.Equal("2", edited["version"]);
        (await agent.PatchAsync($"/v1/emails/{id}", new { expected_version = 1, text = "Late." })).IsProblem(HttpStatusCode.Conflict, "version_conflict");

        var sent = (await agent.PostAsync($"/v1/drafts/{id}/send", new { expected_version = 2 })).Is(HttpStatusCode.Accepted);
        Assert.Equal((id, "pending"), (sent["message_id"], sent["status"]));
        Assert.Equal("3", (await agent.GetAsync($"/v1/emails/{id}/status"))["version"]);
    }

    [Fact]
    public async Task A_submission_is_previewed_and_nothing_is_kept()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var preview = (await agent.PostAsync("/v1/emails/preview", new { from = Addresses.Agent, to = Addresses.Person, subject = "Hello", text = "Hi." })).Is(HttpStatusCode.OK);
        Assert.Equal("pending", preview["would_be"]);
        Assert.Empty((await agent.GetAsync($"/v1/inbox?mailbox={Addresses.Agent}&folder=all")).Body.GetProperty("messages").EnumerateArray());
        (await agent.PostAsync("/v1/emails/preview", new { from = Addresses.Agent, idempotency_key = "x" })).IsProblem(HttpStatusCode.UnprocessableEntity, "unknown_parameter");
    }

    [Fact]
    public async Task An_edit_says_everything_that_is_wrong_and_needs_a_version()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var id = (await agent.SendMailAsync())["message_id"]!;
        (await agent.PatchAsync($"/v1/emails/{id}", new { text = "x" })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid_parameter");
        var refused = await agent.PatchAsync($"/v1/emails/{id}", new { expected_version = 1, to = new[] { "no address" }, subject = "" });
        Assert.Equal(["subject", "to"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
        var stranger = await web.RestAsync("read,send");
        (await stranger.PatchAsync($"/v1/emails/{id}", new { expected_version = 1, text = "x" })).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_review_has_the_changes()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, reviewer) = (await web.RestAsync("read,send"), await web.RestAsync("oversight"));
        var id = (await agent.SendMailAsync("Hello", "One.\nTwo.\nThree."))["message_id"]!;
        (await agent.PatchAsync($"/v1/emails/{id}", new { expected_version = 1, subject = "Goodbye", text = "One.\n2.\nThree." })).Is(HttpStatusCode.OK);
        var changes = (await reviewer.GetAsync($"/v1/pending/{id}")).Body.GetProperty("changes");
        Assert.Equal((1, "agent"), (changes.GetProperty("since").GetInt32(), changes.GetProperty("by").GetString()));
        Assert.Equal([" One.", "-Two.", "+2.", " Three."], changes.GetProperty("text").EnumerateArray().Select(l => l.GetString()!).Take(4));
        var field = Assert.Single(changes.GetProperty("fields").EnumerateArray());
        Assert.Equal(("subject", "Hello", "Goodbye"), (field.GetProperty("field").GetString(), field.GetProperty("before").GetString(), field.GetProperty("after").GetString()));
    }
}
