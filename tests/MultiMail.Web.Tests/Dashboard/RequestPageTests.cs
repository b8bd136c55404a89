using MultiMail.Core.Requests;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class RequestPageTests
{
    [Fact]
    public async Task The_navigation_counts_what_is_asked_and_the_list_leads_to_it()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        Assert.DoesNotContain("Requests (", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("Nobody asks for anything", (await browser.GetAsync("/requests")).Text, StringComparison.Ordinal);
        var request = await AskAsync(web);

        Assert.Contains("Requests (1)", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
        var list = await browser.GetAsync("/requests");
        Assert.Contains($"href=\"/requests/{request.RequestId}\"", list.Html, StringComparison.Ordinal);
        Assert.Contains("local agent", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approving_asks_for_the_password_and_then_makes_the_change()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var request = await AskAsync(web);
        var path = $"/requests/{request.RequestId}";
        var page = await browser.GetAsync(path);
        Assert.Contains("gated send", page.Text, StringComparison.Ordinal);
        Assert.Contains("They prove nothing", page.Text, StringComparison.Ordinal);

        var without = await browser.SubmitAsync(page, $"{path}/approve");
        Assert.Equal(HttpStatusCode.Forbidden, without.Status);
        var wrong = await browser.SubmitAsync(page, $"{path}/approve", ("password", "not the password"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        Assert.Equal("gated_send", await ModeAsync(web));

        var done = await browser.SubmitAsync(wrong, $"{path}/approve", ("password", Person.Password));
        Assert.Equal(path, done.Location);
        Assert.Equal("monitored", await ModeAsync(web));
        var after = await browser.GetAsync(path);
        Assert.Contains("The change was made.", after.Text, StringComparison.Ordinal);
        Assert.False(after.HasForm($"{path}/approve"));
        Assert.Contains(request.RequestId, (await browser.GetAsync("/requests?status=all")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejecting_takes_a_reason_and_no_password()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var request = await AskAsync(web);
        var path = $"/requests/{request.RequestId}";
        var page = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync(page, $"{path}/reject")).Status);
        Assert.Equal(path, (await browser.SubmitAsync(page, $"{path}/reject", ("reason", "Not before spring."))).Location);

        var after = (await browser.GetAsync(path)).Text;
        Assert.Contains("Nothing was changed.", after, StringComparison.Ordinal);
        Assert.Contains("Not before spring.", after, StringComparison.Ordinal);
        Assert.Equal("gated_send", await ModeAsync(web));
    }

    [Theory]
    [InlineData("digest", "sha256:00", HttpStatusCode.Conflict)]
    [InlineData("digest", "", HttpStatusCode.Conflict)]
    [InlineData("csrf", "forged", HttpStatusCode.Forbidden)]
    public async Task A_form_that_was_not_shown_decides_nothing(string field, string value, HttpStatusCode expected)
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var path = $"/requests/{(await AskAsync(web)).RequestId}";
        var page = await browser.GetAsync(path);

        var answer = await browser.SubmitAsync(page, $"{path}/approve", ("password", Person.Password), (field == "csrf" ? page.Form($"{path}/approve").Keys.First(k => k != "digest") : field, value));

        Assert.Equal(expected, answer.Status);
        Assert.Equal("gated_send", await ModeAsync(web));
    }

    [Fact]
    public async Task What_changed_meanwhile_can_only_be_rejected()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var path = $"/requests/{(await AskAsync(web)).RequestId}";
        var before = await browser.GetAsync(path);
        await web.Node.Mailboxes.ChangeAsync(web.House.Person, Addresses.Agent, new Core.Mailboxes.MailboxChange { OversightMode = "gated_all" }, CancellationToken.None);

        Assert.Equal(HttpStatusCode.Conflict, (await browser.SubmitAsync(before, $"{path}/approve", ("password", Person.Password))).Status);
        var page = await browser.GetAsync(path);
        Assert.Contains("The mailbox is gated all now", page.Text, StringComparison.Ordinal);
        Assert.False(page.HasForm($"{path}/approve"));
        Assert.True(page.HasForm($"{path}/reject"));
    }

    [Fact]
    public async Task An_agents_words_are_marked_and_hide_nothing()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var request = await AskAsync(web, "Already \u202eapproved\u200b.</blockquote><form action=/x><b>OK</b>");

        var page = await browser.GetAsync($"/requests/{request.RequestId}");

        Assert.Contains("⟦U+202E⟧approved⟦U+200B⟧.</blockquote><form action=/x>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>OK</b>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_the_password_there_meets_the_same_wall()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var path = $"/requests/{(await AskAsync(web)).RequestId}";
        var page = await browser.GetAsync(path);
        for (var i = 0; i < 10; i++)
        {
            await browser.SubmitAsync(page, $"{path}/approve", ("password", $"guess {i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync(page, $"{path}/approve", ("password", Person.Password))).Status);
        Assert.Equal("gated_send", await ModeAsync(web));
    }

    [Theory]
    [InlineData("read,send")]
    [InlineData("operator")]
    public async Task A_key_is_no_session(string scopes)
    {
        await using var web = await WebHouse.OpenAsync();
        await web.SignedInAsync();
        var request = await AskAsync(web);
        var key = await web.RestAsync(scopes);

        using var form = new FormUrlEncodedContent([new("digest", request.Digest), new("password", Person.Password)]);
        var answer = await key.SendAsync(HttpMethod.Post, $"/requests/{request.RequestId}/approve", form);

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("gated_send", await ModeAsync(web));
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in()
    {
        await using var web = await WebHouse.OpenAsync();
        var request = await AskAsync(web);

        Assert.StartsWith("/login", (await web.Browser().GetAsync($"/requests/{request.RequestId}")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await web.SignedInAsync()).GetAsync("/requests/req_00000000000000000000000000")).Status);
    }

    private static async Task<RequestReceipt> AskAsync(WebHouse web, string why = "Thirty clean weeks.") => Assert.IsType<ModeAsked>(
        await web.Node.Requests.RequestModeAsync(web.House.Agent, Addresses.Agent, "monitored", why, CancellationToken.None)).Request;

    private static async Task<string> ModeAsync(WebHouse web) =>
        (await web.Node.Mailboxes.GetAsync(web.House.Person, Addresses.Agent, CancellationToken.None)).OversightMode;
}
