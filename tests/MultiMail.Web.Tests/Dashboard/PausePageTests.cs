namespace MultiMail.Web.Tests.Dashboard;

public sealed class PausePageTests
{
    [Fact]
    public async Task A_mailbox_is_stopped_at_once_and_the_queue_says_so()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var mailbox = await MailboxAsync(web);
        var page = await browser.GetAsync("/mailboxes");

        Assert.Equal("/mailboxes", (await browser.SubmitAsync(page, $"/mailboxes/{mailbox}/pause", ("reason", "wrong <prices>"))).Location);
        var queue = await browser.GetAsync("/");
        Assert.Contains("is paused", queue.Text, StringComparison.Ordinal);
        Assert.Contains("wrong &lt;prices&gt;", queue.Html, StringComparison.Ordinal);
        Assert.Contains($"/mailboxes/{mailbox}/resume", (await browser.GetAsync("/mailboxes")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_only_for_who_knows_the_password()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var action = $"/mailboxes/{await MailboxAsync(web)}/resume";
        await web.Node.Pauses.PauseAsync(web.House.Person, Addresses.Agent, reason: null, CancellationToken.None);
        var page = await browser.GetAsync(action);

        var wrong = await browser.SubmitAsync(page, action, ("password", "not the password"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        Assert.Single((await web.Node.Pauses.ListAsync(web.House.Person, CancellationToken.None)).Paused);
        Assert.Equal("/mailboxes", (await browser.SubmitAsync(wrong, action, ("password", Person.Password))).Location);
        Assert.Empty((await web.Node.Pauses.ListAsync(web.House.Person, CancellationToken.None)).Paused);
        Assert.Contains("is not paused", (await browser.GetAsync(action)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_sending_stops_and_goes_on_in_the_settings()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var paused = await browser.SubmitAsync(await browser.GetAsync("/settings"), "/settings/pause", ("reason", "stop"));
        Assert.Contains("All sending is paused", paused.Text, StringComparison.Ordinal);
        Assert.Contains("/settings#sending", (await browser.GetAsync("/")).Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SubmitAsync(paused, "/settings/resume", ("password", "guess"))).Status);
        var on = await browser.SubmitAsync(paused, "/settings/resume", ("password", Person.Password));
        Assert.Contains("Sending goes on.", on.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("paused", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_rest_a_key_pauses_and_nobody_resumes()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, operatorKey) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var paused = (await agent.PostAsync("/v1/pause", new { mailbox = Addresses.Agent, reason = "wrong prices" })).Is(HttpStatusCode.OK);
        Assert.Equal("wrong prices", paused.Body.GetProperty("paused")[0].GetProperty("reason").GetString());

        Assert.Equal("paused", (await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = Addresses.Person, subject = "x", text = "x" })).Is(HttpStatusCode.Forbidden)["code"]);
        (await operatorKey.SendAsync(HttpMethod.Delete, "/v1/pause", content: null)).Is(HttpStatusCode.MethodNotAllowed);
        (await operatorKey.PatchAsync("/v1/mailboxes/" + Addresses.Agent, new { status = "active" })).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1, (await operatorKey.GetAsync("/v1/pause")).Body.GetProperty("paused").GetArrayLength());
        Assert.Equal("invalid_parameter", (await agent.PostAsync("/v1/pause", new { })).Is(HttpStatusCode.UnprocessableEntity)["code"]);
    }

    private static async Task<string> MailboxAsync(WebHouse web) =>
        (await web.Node.Mailboxes.GetAsync(web.House.Person, Addresses.Agent, CancellationToken.None)).Id;
}
