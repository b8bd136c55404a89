namespace MultiMail.Web.Tests.Dashboard;

public sealed class SettingsPageTests
{
    [Fact]
    public async Task A_person_links_a_mailbox_with_the_password_and_sees_no_secret()
    {
        var linked = new Linked();
        await using var web = await WebHouse.OpenAsync(options: linked.Options);
        var browser = await web.SignedInAsync();
        var page = await browser.GetAsync("/settings");
        var done = await browser.SubmitAsync(
            page, "/settings/mailboxes", ("address", Linked.Address), ("smtp_url", "smtps://ann@example.net@smtp.example.net:465"), ("imap_url", "imaps://ann@example.net@imap.example.net"),
            ("secret", Linked.Canary), ("password", Person.Password));
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Contains("smtps://smtp.example.net:465", done.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Linked.Canary, done.Html, StringComparison.Ordinal);
        var id = (await web.Node.Links.ListAsync(web.House.Person, CancellationToken.None))[0].MailboxId;
        Assert.Contains("lets us in", (await browser.SubmitAsync(done, $"/settings/mailboxes/{id}/test")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/settings/mailboxes")]
    [InlineData("/settings/relay")]
    public async Task Without_the_right_password_nothing_is_tried_or_changed(string form)
    {
        var linked = new Linked();
        await using var web = await WebHouse.OpenAsync(options: linked.Options);
        var browser = await web.SignedInAsync();
        var page = await browser.GetAsync("/settings");
        var refused = await browser.SubmitAsync(page, form, ("address", Linked.Address), ("smtp_url", Linked.SmtpUrl), ("url", Linked.SmtpUrl), ("password", "wrong"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Empty(linked.Transport.Checked);
        Assert.Empty(await web.Node.Links.ListAsync(web.House.Person, CancellationToken.None));
        Assert.Equal("none", (await web.Node.Relay.ShowAsync(web.House.Person, CancellationToken.None)).Origin);
    }

    [Fact]
    public async Task A_domain_shows_its_records_and_is_looked_at()
    {
        var linked = new Linked();
        await using var web = await WebHouse.OpenAsync(options: linked.Options);
        var browser = await web.SignedInAsync();
        var added = await browser.SubmitAsync(await browser.GetAsync("/settings"), "/settings/domains", ("name", "example.org"));
        Assert.Contains("v=DMARC1; p=none", added.Text, StringComparison.Ordinal);
        linked.Dns.Set("example.org", MultiMail.Mail.DnsType.Text, "v=spf1 <script>alert(1)</script> -all");
        var id = (await web.Node.Domains.ListAsync(web.House.Person, CancellationToken.None)).Domains[0].Id;
        var looked = await browser.SubmitAsync(added, $"/settings/domains/{id}/check");
        Assert.Contains("is not verified", looked.Text, StringComparison.Ordinal);
        Assert.Contains("is not there", looked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", looked.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_is_kept_tried_and_forgotten()
    {
        await using var web = await WebHouse.OpenAsync(options: new Linked().Options);
        var browser = await web.SignedInAsync();
        var set = await browser.SubmitAsync(await browser.GetAsync("/settings"), "/settings/relay", ("url", "smtps://post@relay.example.org"), ("secret", Linked.Canary), ("password", Person.Password));
        Assert.Contains("smtps://relay.example.org:465", set.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Linked.Canary, set.Html, StringComparison.Ordinal);
        Assert.Contains("lets us in", (await browser.SubmitAsync(set, "/settings/relay/test")).Text, StringComparison.Ordinal);
        await browser.SubmitAsync(set, "/settings/relay/remove", ("password", Person.Password));
        Assert.Equal("none", (await web.Node.Relay.ShowAsync(web.House.Person, CancellationToken.None)).Origin);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        await using var web = await WebHouse.OpenAsync(options: new Linked().Options);
        var browser = await web.SignedInAsync();
        var page = await browser.PostAsync("/settings/domains", new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "example.org" });
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Empty((await web.Node.Domains.ListAsync(web.House.Person, CancellationToken.None)).Domains);
    }
}
