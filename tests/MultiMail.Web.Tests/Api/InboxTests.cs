namespace MultiMail.Web.Tests.Api;

public sealed class InboxTests
{
    [Fact]
    public async Task An_empty_inbox_is_an_empty_list_with_a_null_cursor()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var list = (await agent.GetAsync($"/v1/inbox?mailbox={Addresses.Agent}")).Is(HttpStatusCode.OK).Body;

        Assert.Equal(0, list.GetProperty("messages").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task Delivered_mail_is_listed_read_threaded_found_and_tagged()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        await Deliver(web, agent, person, "Quarterly report", "The report is ready: https://example.org/report");

        var list = (await agent.GetAsync($"/v1/inbox?mailbox={Addresses.Person}&limit=20")).Is(HttpStatusCode.OK);
        Golden.Matches(Scrub.Json(list.Body), "inbox.json");
        var row = list.Body.GetProperty("messages")[0];
        var id = row.GetProperty("message_id").GetString();

        Golden.Matches(Scrub.Json((await agent.GetAsync($"/v1/emails/{id}")).Is(HttpStatusCode.OK).Body), "email.json");
        Golden.Matches(Scrub.Json((await agent.GetAsync($"/v1/threads/{row.GetProperty("thread_id")}?bodies=full")).Is(HttpStatusCode.OK).Body), "thread.json");
        while (await web.Node.Store.IndexPendingAsync(100, CancellationToken.None) > 0)
        {
            // until everything is searchable
        }

        var found = (await agent.GetAsync($"/v1/search?query=quarterly&mailbox={Addresses.Person}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(id, found.GetProperty("messages")[0].GetProperty("message_id").GetString());

        var tagged = (await agent.PostAsync("/v1/emails/tags", new { message_ids = new[] { id, "msg_nothing" }, set = new { topic = "report" } })).Is(HttpStatusCode.OK);
        Golden.Matches(Scrub.Json(tagged.Body), "tags.json");
        Assert.Equal("report", (await agent.GetAsync($"/v1/emails/{id}")).Body.GetProperty("tags").GetProperty("topic").GetString());
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_skip_when_mail_arrives_between_them()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        for (var i = 0; i < 5; i++)
        {
            web.House.Clock.Advance(TimeSpan.FromMinutes(2));
            await Deliver(web, agent, person, $"Mail {i}", "x");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await agent.GetAsync($"/v1/inbox?mailbox={Addresses.Person}&limit=2{(cursor is null ? "" : "&cursor=" + cursor)}")).Is(HttpStatusCode.OK);
            seen.AddRange(page.Body.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("subject").GetString()!));
            cursor = page.Body.GetProperty("next_cursor").GetString();
            web.House.Clock.Advance(TimeSpan.FromMinutes(2));
            await Deliver(web, agent, person, $"Newer {seen.Count}", "x");
        }
        while (cursor is not null);

        Assert.Equal(["Mail 4", "Mail 3", "Mail 2", "Mail 1", "Mail 0"], seen);
    }

    [Theory]
    [InlineData("limit=0", "limit", "invalid_parameter")]
    [InlineData("limit=101", "limit", "invalid_parameter")]
    [InlineData("limit=ten", "limit", "invalid_parameter")]
    [InlineData("limit=9999999999", "limit", "invalid_parameter")]
    [InlineData("unread=yes", "unread", "invalid_parameter")]
    [InlineData("folder=nowhere", "folder", "invalid_parameter")]
    [InlineData("since=yesterday", "since", "invalid_parameter")]
    [InlineData("limit=1&limit=2", "limit", "invalid_parameter")]
    [InlineData("page=2", "page", "unknown_parameter")]
    public async Task Wrong_parameters_are_refused_by_name(string query, string field, string code)
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.GetAsync($"/v1/inbox?mailbox={Addresses.Agent}&{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains((field, code), refused.Violations);
    }

    [Fact]
    public async Task Several_wrong_parameters_are_refused_together()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.GetAsync("/v1/inbox?limit=ten&unread=maybe&page=2&offset=1");

        Assert.Equal(["limit", "offset", "page", "unread"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cursor_of_somebody_elses_making_is_400()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        (await agent.GetAsync($"/v1/inbox?mailbox={Addresses.Agent}&cursor=abc")).IsProblem(HttpStatusCode.BadRequest, "invalid_cursor");
    }

    [Fact]
    public async Task A_mailbox_that_the_key_may_not_use_is_as_good_as_none()
    {
        await using var web = await WebHouse.OpenAsync();
        var narrow = await web.RestAsync("read,send", "live", Addresses.Agent);

        var foreign = await narrow.GetAsync($"/v1/inbox?mailbox={Addresses.Person}");
        var missing = await narrow.GetAsync("/v1/inbox?mailbox=nobody@multimail.localhost");

        Assert.Equal(missing.Status, foreign.Status);
        Assert.Equal(missing.Code, foreign.Code);
        (await narrow.GetAsync("/v1/inbox")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_does_not_exist_is_404()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        foreach (var path in new[] { "/v1/emails/msg_00000000000000000000000000", "/v1/emails/x", "/v1/threads/thr_00000000000000000000000000", "/v1/emails/x/status", "/v1/nothing" })
        {
            (await agent.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not_found");
        }
    }

    private static async Task Deliver(WebHouse web, RestClient agent, RestClient person, string subject, string text)
    {
        var sent = (await agent.SendMailAsync(subject, text)).Is(HttpStatusCode.Accepted);
        (await person.PostAsync($"/v1/pending/{sent["message_id"]}/approve", new { digest = (string?)null })).Is(HttpStatusCode.OK);
        await web.House.DeliverAsync();
    }
}
