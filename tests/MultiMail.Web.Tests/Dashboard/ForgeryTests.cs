namespace MultiMail.Web.Tests.Dashboard;

/// <summary>Forms that another site makes a person's browser send.</summary>
public sealed class ForgeryTests
{
    public static TheoryData<string> Forms => ["/pending/{msg}/approve", "/pending/{msg}/reject", "/pending/{msg}/request-changes", "/sample", "/sign-out", "/welcome", "/mailboxes/{mbx}/mode"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Without_the_pages_token_nothing_is_done(string form)
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var other = await web.SignedInAsync();
        var message = (await (await web.RestAsync("read,send")).SendMailAsync())["message_id"]!;
        var mailbox = (await (await web.RestAsync("read")).GetAsync("/v1/mailboxes")).Body.GetProperty("mailboxes")[0].GetProperty("id").GetString()!;
        var path = form.Replace("{msg}", message, StringComparison.Ordinal).Replace("{mbx}", mailbox, StringComparison.Ordinal);
        var review = await browser.GetAsync($"/pending/{message}");
        var good = review.Form($"/pending/{message}/approve");
        var foreign = (await other.GetAsync($"/pending/{message}")).Form($"/pending/{message}/approve")["csrf"];

        foreach (var csrf in new[] { null, "", "x", foreign, good["csrf"] + "x", good["csrf"][..^1] })
        {
            var fields = new Dictionary<string, string>(good, StringComparer.Ordinal) { ["reason"] = "x", ["mode"] = "gated_all", ["csrf"] = csrf ?? "" };
            if (csrf is null)
            {
                fields.Remove("csrf");
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(path, fields)).Status);
        }

        Assert.Equal("pending", (await browser.GetAsync($"/pending/{message}")).Form($"/pending/{message}/approve").Count > 0 ? "pending" : "decided");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_right_token_from_another_site_is_refused_too(string site)
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var fields = (await browser.GetAsync("/")).Form("/sample");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/sample", fields, ("Sec-Fetch-Site", site))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/sample", fields, ("Sec-Fetch-Site", "same-origin"))).Status);
    }

    [Fact]
    public async Task Nobody_is_signed_in_as_somebody_else_by_a_form_from_elsewhere()
    {
        await using var web = await WebHouse.OpenAsync();
        await web.SignedInAsync();
        var (attacker, victim) = (web.Browser(), web.Browser());
        var form = await attacker.GetAsync("/login");
        var fields = form.Form("/login");
        fields["email"] = Person.Email;
        fields["password"] = Person.Password;

        Assert.Equal(HttpStatusCode.Forbidden, (await victim.PostAsync("/login", fields)).Status);
        await victim.GetAsync("/login");
        Assert.Equal(HttpStatusCode.Forbidden, (await victim.PostAsync("/login", fields)).Status);
    }

    [Fact]
    public async Task A_form_without_a_session_leads_to_the_sign_in_page_and_does_nothing()
    {
        await using var web = await WebHouse.OpenAsync();
        var message = (await (await web.RestAsync("read,send")).SendMailAsync())["message_id"]!;

        var answer = await web.Browser().PostAsync($"/pending/{message}/approve", new Dictionary<string, string>(StringComparer.Ordinal) { ["digest"] = "x" });

        Assert.Equal((HttpStatusCode.SeeOther, "/login"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task A_form_too_large_to_be_ours_is_refused()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();

        var answer = await browser.PostAsync("/sample", [KeyValuePair.Create("csrf", new string('x', 70_000))]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task Getting_a_forms_address_does_nothing()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var message = (await (await web.RestAsync("read,send")).SendMailAsync())["message_id"]!;

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.GetAsync($"/pending/{message}/approve")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.GetAsync("/sign-out")).Status);
    }
}
