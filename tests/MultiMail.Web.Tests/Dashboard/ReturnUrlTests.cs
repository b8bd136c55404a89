using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/pending//evil.example")]
    [InlineData("/pending/\\evil")]
    [InlineData("https://evil.example/pending/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/pending/../../login")]
    [InlineData("/pending/x\r\nSet-Cookie: a=b")]
    [InlineData("/pending/x\u0000")]
    [InlineData("/pending/<script>")]
    [InlineData("/login?return=/mail")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_a_page_of_ours_becomes_home(string? given) => Assert.Equal("/", ReturnUrl.Safe(given));

    [Theory]
    [InlineData("/pending/msg_1234")]
    [InlineData("/mail?mailbox=mbx_1")]
    [InlineData("/mailboxes")]
    [InlineData("/audit?cursor=abc_-")]
    public void Pages_of_ours_are_kept(string given) => Assert.Equal(given, ReturnUrl.Safe(given));

    [Fact]
    public async Task An_approval_link_leads_through_sign_in_to_its_message()
    {
        await using var web = await WebHouse.OpenAsync();
        await web.SignedInAsync();
        var message = (await (await web.RestAsync("read,send")).SendMailAsync())["message_id"]!;
        var browser = web.Browser();

        var turned = await browser.GetAsync($"/pending/{message}");
        Assert.Equal((HttpStatusCode.SeeOther, $"/login?return=%2Fpending%2F{message}"), (turned.Status, turned.Location));
        Assert.DoesNotContain("Hello", turned.Html, StringComparison.Ordinal);
        var entered = await browser.SubmitAsync(await browser.GetAsync(turned.Location!), "/login", ("email", Person.Email), ("password", Person.Password));

        Assert.Equal($"/pending/{message}", entered.Location);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task A_poisoned_return_leads_home(string poison)
    {
        await using var web = await WebHouse.OpenAsync();
        await web.SignedInAsync();
        var browser = web.Browser();
        var form = await browser.GetAsync($"/login?return={Uri.EscapeDataString(poison)}");
        Assert.DoesNotContain("evil.example", form.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", form.Html, StringComparison.Ordinal);

        var entered = await browser.SubmitAsync(form, "/login", ("email", Person.Email), ("password", Person.Password), ("return", poison));

        Assert.Equal("/", entered.Location);
    }

    [Fact]
    public async Task A_link_followed_from_a_mail_is_asked_for_once_more_with_the_cookie()
    {
        await using var web = await WebHouse.OpenAsync();
        var message = (await (await web.RestAsync("read,send")).SendMailAsync())["message_id"]!;

        var page = await web.Browser().GetAsync($"/pending/{message}", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains($"content=\"0;url=/pending/{message}\"", page.Html, StringComparison.Ordinal);
        var again = await web.Browser().GetAsync($"/pending/{message}", ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"));
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
    }
}
