namespace MultiMail.Web.Tests.Dashboard;

/// <summary>The page for somebody who asks what is kept about him, or wants it gone.</summary>
public sealed class PrivacyPageTests
{
    private const string Ann = "ann@example.net";

    [Fact]
    public async Task What_is_kept_comes_as_a_file()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        await web.Node.Suppressions.AddAsync(web.House.Person, Ann, "she <asked>", CancellationToken.None);
        var page = await browser.GetAsync("/privacy");
        var file = await browser.SubmitAsync(page, "/privacy/export", ("address", Ann));
        using var json = JsonDocument.Parse(file.Html);
        Assert.Equal("she <asked>", json.RootElement.GetProperty("suppressions")[0].GetProperty("note").GetString());
        Assert.Contains("no e-mail address", (await browser.SubmitAsync(page, "/privacy/export", ("address", "nobody"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_takes_the_address_twice_and_the_password()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        await web.Node.Suppressions.AddAsync(web.House.Person, Ann, "rude", CancellationToken.None);
        var page = await browser.GetAsync("/privacy");

        var wrong = await browser.SubmitAsync(page, "/privacy/erase", ("address", Ann), ("confirm", Ann), ("password", "guess"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        var slip = await browser.SubmitAsync(page, "/privacy/erase", ("address", Ann), ("confirm", "bob@example.net"), ("password", Person.Password));
        Assert.Contains("was not confirmed", slip.Text, StringComparison.Ordinal);
        var own = await browser.SubmitAsync(page, "/privacy/erase", ("address", Addresses.Agent), ("confirm", Addresses.Agent), ("password", Person.Password));
        Assert.Contains("This is a mailbox of this installation", own.Text, StringComparison.Ordinal);
        Assert.NotEmpty(Testing.Traces.Of(web.House.Folder, Ann));

        var gone = await browser.SubmitAsync(page, "/privacy/erase", ("address", Ann), ("confirm", "Ann@example.net"), ("password", Person.Password));
        Assert.Contains("Everything that named the address is gone.", gone.Text, StringComparison.Ordinal);
        Assert.Empty(Testing.Traces.Of(web.House.Folder, Ann));
    }

    [Fact]
    public async Task A_mailbox_is_told_how_long_to_keep_its_mail_by_who_knows_the_password()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var action = $"/mailboxes/{(await web.Node.Mailboxes.GetAsync(web.House.Person, Addresses.Agent, CancellationToken.None)).Id}/retention";
        Assert.Contains("Mail is kept for ever", (await browser.GetAsync("/mailboxes")).Text, StringComparison.Ordinal);
        var page = await browser.GetAsync(action);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SubmitAsync(page, action, ("days", "30"), ("password", "guess"))).Status);
        Assert.Contains("retention_days", (await browser.SubmitAsync(page, action, ("days", "soon"), ("password", Person.Password))).Html, StringComparison.Ordinal);
        Assert.Equal("/mailboxes", (await browser.SubmitAsync(page, action, ("days", "30"), ("password", Person.Password))).Location);
        Assert.Contains("Mail is kept 30 days", (await browser.GetAsync("/mailboxes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_rest_an_agent_does_not_shorten_what_is_kept()
    {
        await using var web = await WebHouse.OpenAsync();
        var path = "/v1/mailboxes/" + Addresses.Agent;
        var kept = (await (await web.RestAsync("operator")).PatchAsync(path, new { retention_days = 365 })).Is(HttpStatusCode.OK);
        Assert.Equal(365, kept.Body.GetProperty("retention_days").GetInt32());
        (await (await web.RestAsync("read,send")).PatchAsync(path, new { retention_days = 1 })).Is(HttpStatusCode.Forbidden);
        Assert.Equal("oversight_scope_required", (await (await web.RestAsync("admin,send")).PatchAsync(path, new { retention_days = 1 })).Is(HttpStatusCode.Forbidden)["code"]);
        (await (await web.RestAsync("operator")).PatchAsync(path, new { retention_days = 36_501 })).Is(HttpStatusCode.UnprocessableEntity);
        Assert.False((await (await web.RestAsync("operator")).PatchAsync(path, new { retention_days = 0 })).Is(HttpStatusCode.OK).Body.TryGetProperty("retention_days", out _));
    }
}
