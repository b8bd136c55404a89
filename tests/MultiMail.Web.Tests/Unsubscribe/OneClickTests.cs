using MultiMail.Core.Accounts;
using MultiMail.Core.Ids;
using MultiMail.Core.Node;
using MultiMail.Core.Suppression;
using System.Text;

namespace MultiMail.Web.Tests.Unsubscribe;

/// <summary>The links of List-Unsubscribe as mail scanners, mailbox providers and people use them.</summary>
public sealed class OneClickTests
{
    private const string Ann = "ann@example.net";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scanner_that_opens_the_link_changes_nothing()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = web.Browser();
        for (var i = 0; i < 3; i++)
        {
            var page = await browser.GetAsync(LinkOf(web), ("Cookie", "multimail-session=forged"));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("My MultiMail", page.Text, StringComparison.Ordinal);
            Assert.Contains("a…@example.net", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Ann, page.Html, StringComparison.Ordinal);
            Assert.Empty(page.SetCookies);
        }

        using var head = await web.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, LinkOf(web)), Token);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await SuppressedAsync(web));
    }

    [Fact]
    public async Task A_person_presses_the_button_without_signing_in()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, link) = (web.Browser(), LinkOf(web));
        var done = await browser.SubmitAsync(await browser.GetAsync(link), link);
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Contains("You are unsubscribed", done.Text, StringComparison.Ordinal);
        Assert.Contains("You are unsubscribed", (await browser.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(["ann@example.net unsubscribe"], await SuppressedAsync(web));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_provider_posts_in_either_encoding_from_anywhere_as_often_as_it_likes(bool multipart)
    {
        await using var web = await WebHouse.OpenAsync();
        for (var i = 0; i < 2; i++)
        {
            using var content = OneClick(multipart);
            using var request = new HttpRequestMessage(HttpMethod.Post, LinkOf(web)) { Content = content };
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            using var answer = await web.Http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Null(answer.Headers.Location);
        }

        Assert.Equal(["ann@example.net unsubscribe"], await SuppressedAsync(web));
        var log = await (await web.RestAsync("operator")).GetAsync("/v1/audit?action=suppression.added");
        Assert.Equal(1, log.Body.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_forged_link_is_a_page_that_tells_nothing()
    {
        await using var web = await WebHouse.OpenAsync();
        var good = LinkOf(web);
        var foreign = new UnsubscribeTokens(new SuppressionSecrets(new CoreOptions { MasterKey = new byte[32] })).Make(GrantOf(web));
        foreach (var link in new[] { good[..^1] + (good[^1] == 'A' ? 'E' : 'A'), "/u/" + foreign, "/u/x.y", "/u/" + new string('a', 2_000) })
        {
            using var content = OneClick(multipart: false);
            using var posted = await web.Http.PostAsync(link, content, Token);
            using var seen = await web.Http.GetAsync(link, Token);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (posted.StatusCode, seen.StatusCode));
            var text = await seen.Content.ReadAsStringAsync(Token);
            Assert.DoesNotContain("example", text, StringComparison.Ordinal);
            Assert.DoesNotContain("My MultiMail", text, StringComparison.Ordinal);
        }

        Assert.Empty(await SuppressedAsync(web));
    }

    [Fact]
    public async Task A_token_of_another_account_unsubscribes_from_that_one()
    {
        await using var web = await WebHouse.OpenAsync();
        var theirs = new AccountId(web.House.Person.Account.Value + 1);
        await web.House.Store.WriteAsync(
            async unit =>
            {
                await unit.InsertAccountAsync(new Account(theirs, "Others", DualControl: false, [1], PausedAt: null, unit.Now));
                await unit.CreateLogAsync(new Core.Audit.LogHead(theirs, "log-2", "example.org/audit/2", 0, [], unit.Now));
                return true;
            },
            Token);
        using var content = OneClick(multipart: false);
        using var answer = await web.Http.PostAsync("/u/" + Tokens(web.Node.Options).Make(GrantOf(web) with { Account = theirs }), content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Others", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty(await SuppressedAsync(web));
        Assert.Equal(Ann, Assert.Single(await web.House.Store.SuppressionsAsync(new SuppressionQuery(theirs, 10), Token)).Address);
    }

    [Fact]
    public async Task A_link_from_before_the_master_key_was_changed_still_unsubscribes()
    {
        var old = new byte[32];
        await using var web = await WebHouse.OpenAsync(options: key => new CoreOptions { MasterKey = key, FormerMasterKeys = [old] });
        using var content = OneClick(multipart: true);
        using var answer = await web.Http.PostAsync("/u/" + Tokens(new CoreOptions { MasterKey = old }).Make(GrantOf(web)), content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["ann@example.net unsubscribe"], await SuppressedAsync(web));
    }

    [Theory]
    [InlineData("application/json", "{\"List-Unsubscribe\":\"One-Click\"}", 415)]
    [InlineData("text/plain", "List-Unsubscribe=One-Click", 415)]
    [InlineData(null, "", 415)]
    [InlineData("application/x-www-form-urlencoded", "", 400)]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=Two-Clicks", 400)]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click&List-Unsubscribe=One-Click", 400)]
    [InlineData("multipart/form-data", "x", 400)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=List-Unsubscribe\r\n\r\nOne-Cli", 400)]
    [InlineData("application/x-www-form-urlencoded", "large", 413)]
    [InlineData("multipart/form-data; boundary=b", "large", 413)]
    public async Task Other_bodies_are_refused_and_change_nothing(string? type, string body, int status)
    {
        await using var web = await WebHouse.OpenAsync();
        var bytes = Encoding.ASCII.GetBytes(body == "large" ? "List-Unsubscribe=One-Click&x=" + new string('x', 9_000) : body);
        using var content = new ByteArrayContent(bytes);
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await web.Http.PostAsync(LinkOf(web), content, Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await SuppressedAsync(web));
    }

    [Fact]
    public async Task A_body_without_a_stated_length_is_read_to_its_limit_only()
    {
        await using var web = await WebHouse.OpenAsync();
        using var content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes("List-Unsubscribe=One-Click&x=" + new string('x', 50_000))));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, LinkOf(web)) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await web.Http.SendAsync(request, Token);
        Assert.InRange((int)answer.StatusCode, 400, 413);
        Assert.Empty(await SuppressedAsync(web));
    }

    [Fact]
    public async Task A_flood_from_one_address_waits()
    {
        await using var web = await WebHouse.OpenAsync();
        for (var i = 0; i < 600; i++)
        {
            using var seen = await web.Http.GetAsync("/u/x.y", Token);
            Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
        }

        using var over = await web.Http.GetAsync(LinkOf(web), Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.NotNull(over.Headers.RetryAfter);
        web.House.Clock.Advance(TimeSpan.FromMinutes(1));
        using var after = await web.Http.GetAsync(LinkOf(web), Token);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Other_methods_do_nothing(string method)
    {
        await using var web = await WebHouse.OpenAsync();
        using var answer = await web.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), LinkOf(web)), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Empty(await SuppressedAsync(web));
    }

    private static UnsubscribeTokens Tokens(CoreOptions options) => new(new SuppressionSecrets(options));

    private static UnsubscribeGrant GrantOf(WebHouse web) => new(web.House.Person.Account, UnsubscribeTokens.DefaultList, Ann);

    private static string LinkOf(WebHouse web) => "/u/" + Tokens(web.Node.Options).Make(GrantOf(web));

    private static HttpContent OneClick(bool multipart) => multipart
        ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
        : new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);

    private static async Task<IReadOnlyList<string>> SuppressedAsync(WebHouse web) =>
        [.. (await web.Node.Suppressions.ListAsync(web.House.Person, new SuppressionRequest(), Token)).Suppressions.Select(s => $"{s.Address} {s.Reason}")];
}
