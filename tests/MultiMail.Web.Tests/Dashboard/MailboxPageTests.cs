namespace MultiMail.Web.Tests.Dashboard;

public sealed class MailboxPageTests
{
    [Fact]
    public async Task Tightening_happens_at_once()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, action) = await OpenAsync(web, browser);

        var changed = await browser.SubmitAsync(page, action, ("mode", "gated_all"));

        Assert.Equal("/mailboxes", changed.Location);
        Assert.Equal("gated_all", await ModeAsync(web));
    }

    [Fact]
    public async Task Loosening_asks_for_the_password_first()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, action) = await OpenAsync(web, browser);

        var asked = await browser.SubmitAsync(page, action, ("mode", "autonomous"));
        Assert.Contains("Give this mailbox more freedom?", asked.Text, StringComparison.Ordinal);
        var wrong = await browser.SubmitAsync(asked, action, ("password", "not the password"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        Assert.Equal("gated_send", await ModeAsync(web));

        Assert.Equal("/mailboxes", (await browser.SubmitAsync(wrong, action, ("password", Person.Password))).Location);
        Assert.Equal("autonomous", await ModeAsync(web));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Guessing_the_password_there_meets_the_same_wall()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, action) = await OpenAsync(web, browser);
        var asked = await browser.SubmitAsync(page, action, ("mode", "autonomous"));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.SubmitAsync(asked, action, ("password", $"guess {i}"))).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync(asked, action, ("password", Person.Password))).Status);
        Assert.Equal("gated_send", await ModeAsync(web));
    }

    [Fact]
    public async Task A_mode_that_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, action) = await OpenAsync(web, browser);
        await web.Node.Mailboxes.ChangeAsync(web.House.Person, Addresses.Agent, new Core.Mailboxes.MailboxChange { OversightMode = "monitored" }, CancellationToken.None);

        var answer = await browser.SubmitAsync(page, action, ("mode", "gated_all"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("monitored", await ModeAsync(web));
    }

    [Theory]
    [InlineData("wild")]
    [InlineData("")]
    public async Task No_mode_at_all_is_refused(string mode)
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, action) = await OpenAsync(web, browser);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync(page, action, ("mode", mode))).Status);
    }

    private static async Task<(Page Page, string Action)> OpenAsync(WebHouse web, Browser browser)
    {
        var mailbox = await web.Node.Mailboxes.GetAsync(web.House.Person, Addresses.Agent, CancellationToken.None);
        return (await browser.GetAsync("/mailboxes"), $"/mailboxes/{mailbox.Id}/mode");
    }

    private static async Task<string> ModeAsync(WebHouse web) =>
        (await web.Node.Mailboxes.GetAsync(web.House.Person, Addresses.Agent, CancellationToken.None)).OversightMode;
}
