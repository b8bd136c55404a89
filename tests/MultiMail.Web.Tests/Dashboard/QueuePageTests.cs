using System.Text.RegularExpressions;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class QueuePageTests
{
    [Fact]
    public async Task An_empty_queue_offers_a_sample_that_then_waits()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var empty = await browser.GetAsync("/");
        Assert.Contains("Nothing waits for you", empty.Text, StringComparison.Ordinal);

        var sent = await browser.SubmitAsync(empty, "/sample");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (sent.Status, sent.Location));
        var queue = await browser.GetAsync("/");
        Assert.Contains("Hello from your agent", queue.Text, StringComparison.Ordinal);
        Assert.Contains(Addresses.Person, queue.Text, StringComparison.Ordinal);
        Assert.Contains("1 message", queue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_and_test_mail_are_both_there_and_marked()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        await (await web.RestAsync("read,send")).SendMailAsync("A live one");
        await (await web.RestAsync("read,send", "test")).SendMailAsync("A test one");

        var queue = await browser.GetAsync("/");

        Assert.Matches("A live one.*badge live", Flat(queue));
        Assert.Matches("A test one.*badge test", Flat(queue));
        Assert.Contains("1 test on this page", queue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_queue_is_paged()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var agent = await web.RestAsync("read,send");
        for (var i = 0; i < 51; i++)
        {
            (await agent.SendMailAsync($"Mail number {i}", $"Text {i}")).Is(HttpStatusCode.Accepted);
        }

        var first = await browser.GetAsync("/");
        var older = Regex.Match(first.Html, "/\\?cursor=[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        var second = await browser.GetAsync(WebUtility.HtmlDecode(older));

        Assert.Contains("Mail number 50", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mail number 0 ", first.Text, StringComparison.Ordinal);
        Assert.Contains("Mail number 0", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_of_a_monitored_mailbox_is_listed_after_it_left()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        await web.Node.Mailboxes.ChangeAsync(web.House.Person, Addresses.Agent, new Core.Mailboxes.MailboxChange { OversightMode = "monitored" }, CancellationToken.None);
        (await (await web.RestAsync("read,send")).SendMailAsync("Sent at once")).Is(HttpStatusCode.Accepted);

        var queue = await browser.GetAsync("/");

        Assert.Contains("Sent without waiting", queue.Text, StringComparison.Ordinal);
        Assert.Contains("Sent at once", queue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_pages_show_mail_mailboxes_and_log()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var id = (await (await web.RestAsync("read,send")).SendMailAsync("Over there"))["message_id"];

        Assert.Contains("Over there", (await browser.GetAsync("/mail")).Text, StringComparison.Ordinal);
        Assert.Contains("Over there", (await browser.GetAsync($"/mail/{id}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sender check", (await browser.GetAsync($"/mail/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains(Addresses.Agent, (await browser.GetAsync("/mailboxes")).Text, StringComparison.Ordinal);
        Assert.Contains("send.held", (await browser.GetAsync("/audit")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mail/msg_x")]
    [InlineData("/pending/msg_x")]
    [InlineData("/nothing/here")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();

        var page = await browser.GetAsync(path, ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("<h1>Not found</h1>", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/login/x")]
    [InlineData("/mail")]
    [InlineData("/mailboxes")]
    [InlineData("/audit")]
    [InlineData("/nothing")]
    public async Task Every_page_forbids_what_it_does_not_need(string path)
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();

        var page = await browser.GetAsync(path, ("Accept", "text/html"));

        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.DoesNotMatch("(?i)<style|<script(?! src)| style=| on[a-z]+=", page.Html);
    }

    [Fact]
    public async Task Style_and_script_are_served_whole_and_for_good()
    {
        await using var web = await WebHouse.OpenAsync();
        var login = await web.Browser().GetAsync("/login");

        foreach (Match match in Regex.Matches(login.Html, "/assets/[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            var asset = await web.Browser().GetAsync(match.Value);
            Assert.Equal(HttpStatusCode.OK, asset.Status);
            Assert.True(asset.Html.Length > 100, match.Value);
            Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains(".css", login.Html, StringComparison.Ordinal);
        Assert.Contains(".js", login.Html, StringComparison.Ordinal);
    }

    private static string Flat(Page page) => page.Html.ReplaceLineEndings(" ");
}
