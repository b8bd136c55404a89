namespace MultiMail.Web.Tests.Api;

public sealed class PendingTests
{
    private const string NoDigest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task What_waits_is_listed_and_reviewed_as_it_will_leave()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var sent = await agent.PostAsync(
            "/v1/emails/send",
            new
            {
                from = Addresses.Agent, to = Addresses.Person, subject = "Offer", text = "See https://example.org", intent = "Make an offer.",
                attachments = new[] { new { filename = "a.txt", content_type = "text/plain", content_base64 = "aGk=" } },
            });

        var list = (await person.GetAsync("/v1/pending")).Is(HttpStatusCode.OK);
        Golden.Matches(Scrub.Json(list.Body), "pending.json");
        var review = (await person.GetAsync($"/v1/pending/{sent["message_id"]}")).Is(HttpStatusCode.OK);
        Golden.Matches(Scrub.Json(review.Body), "review.json");
        Assert.Equal(list.Body.GetProperty("pending")[0].GetProperty("digest").GetString(), review["digest"]);
    }

    [Fact]
    public async Task Approval_of_the_shown_digest_releases_it()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var id = (await agent.SendMailAsync())["message_id"];
        var digest = (await person.GetAsync($"/v1/pending/{id}"))["digest"];

        var decided = (await person.PostAsync($"/v1/pending/{id}/approve", new { digest, note = "Fine." })).Is(HttpStatusCode.OK);

        Golden.Matches(Scrub.Json(decided.Body), "decision.json");
        await web.House.DeliverAsync();
        Assert.Equal("delivered", (await agent.GetAsync($"/v1/emails/{id}/status"))["status"]);
        (await person.PostAsync($"/v1/pending/{id}/reject", new { digest, reason = "Late." })).IsProblem(HttpStatusCode.Conflict, "already_decided");
    }

    [Fact]
    public async Task A_wrong_digest_decides_nothing()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var id = (await agent.SendMailAsync())["message_id"];

        foreach (var digest in new[] { NoDigest, "", "sha256:", "nonsense" })
        {
            (await person.PostAsync($"/v1/pending/{id}/approve", new { digest })).IsProblem(HttpStatusCode.Conflict, "digest_mismatch");
        }

        Assert.Equal("pending", (await agent.GetAsync($"/v1/emails/{id}/status"))["status"]);
    }

    [Fact]
    public async Task Rejecting_needs_a_reason_that_the_agent_reads()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var id = (await agent.SendMailAsync())["message_id"];

        Assert.Contains("reason", (await person.PostAsync($"/v1/pending/{id}/reject", null)).Violations.Select(v => v.Field));
        Assert.Equal("rejected", (await person.PostAsync($"/v1/pending/{id}/reject", new { reason = "Wrong customer." })).Is(HttpStatusCode.OK)["status"]);
        Assert.Equal("Wrong customer.", (await agent.GetAsync($"/v1/emails/{id}/status"))["reason"]);
    }

    [Fact]
    public async Task Asking_for_changes_sends_it_back_to_draft()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var id = (await agent.SendMailAsync())["message_id"];

        Assert.Equal("draft", (await person.PostAsync($"/v1/pending/{id}/request-changes", new { reason = "Shorter." })).Is(HttpStatusCode.OK)["status"]);
    }

    [Fact]
    public async Task A_note_belongs_to_an_approval_and_a_reason_to_the_others()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var id = (await agent.SendMailAsync())["message_id"];

        Assert.Contains(("reason", "unknown_parameter"), (await person.PostAsync($"/v1/pending/{id}/approve", new { reason = "x" })).Violations);
        Assert.Contains(("note", "unknown_parameter"), (await person.PostAsync($"/v1/pending/{id}/reject", new { note = "x" })).Violations);
    }

    [Fact]
    public async Task A_test_key_sees_and_decides_test_messages_only()
    {
        await using var web = await WebHouse.OpenAsync();
        var (live, test) = (await web.RestAsync("read,send"), await web.RestAsync("read,send", "test"));
        var testPerson = await web.RestAsync("operator", "test");
        var (liveId, testId) = ((await live.SendMailAsync("Live"))["message_id"]!, (await test.SendMailAsync("Test"))["message_id"]!);

        Assert.Equal([testId], Ids(await testPerson.GetAsync("/v1/pending")));
        foreach (var path in new[] { $"/v1/emails/{liveId}", $"/v1/emails/{liveId}/status", $"/v1/pending/{liveId}" })
        {
            (await testPerson.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not_found");
        }

        (await testPerson.PostAsync($"/v1/pending/{liveId}/approve", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await (await web.RestAsync("operator")).PostAsync($"/v1/pending/{testId}/approve", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await testPerson.PostAsync($"/v1/pending/{testId}/approve", null)).Is(HttpStatusCode.OK);
        await web.House.DeliverAsync();
        Assert.Equal("discarded", (await test.GetAsync($"/v1/emails/{testId}/status"))["status"]);
    }

    [Fact]
    public async Task An_agent_sees_its_own_waiting_mail_only()
    {
        await using var web = await WebHouse.OpenAsync();
        var (one, other) = (await web.RestAsync("read,send"), await web.RestAsync("read,send"));
        await one.SendMailAsync("Mine");

        Assert.Empty(Ids(await other.GetAsync("/v1/pending")));
    }

    [Fact]
    public async Task Nobody_decides_what_does_not_exist()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");

        (await person.PostAsync("/v1/pending/msg_00000000000000000000000000/approve", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await person.PostAsync("/v1/pending/x/reject", new { reason = "x" })).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await person.GetAsync("/v1/pending/x")).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    private static IReadOnlyList<string> Ids(RestAnswer list) =>
        [.. list.Is(HttpStatusCode.OK).Body.GetProperty("pending").EnumerateArray().Select(p => p.GetProperty("message_id").GetString()!)];
}
