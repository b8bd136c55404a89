using MultiMail.Core.Mailboxes;
using MultiMail.Core.Profile;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class NoticeStatusTests
{
    [Fact]
    public async Task The_page_says_when_nobody_is_told_and_a_test_goes_out_from_it()
    {
        var linked = new Linked();
        await using var web = await WebHouse.OpenAsync(options: linked.Options);
        var browser = await web.SignedInAsync();
        Assert.Contains("Nobody is told by mail: no address", (await browser.GetAsync("/profile")).Text, StringComparison.Ordinal);
        await web.Node.Profiles.SetAsync(web.House.Person, new ProfileChange { Notify = "reader@example.com" }, CancellationToken.None);
        Assert.Contains("Nobody is told by mail: there is no relay", (await browser.GetAsync("/profile")).Text, StringComparison.Ordinal);
        await web.Node.Mailboxes.CreateAsync(web.House.Person, new NewMailbox { Address = Linked.Address, Link = new LinkChange { SmtpUrl = Linked.SmtpUrl } }, CancellationToken.None);

        var page = await browser.GetAsync("/profile");
        Assert.Contains("None went out so far.", page.Text, StringComparison.Ordinal);
        var sent = await browser.SubmitAsync(page, "/profile/notify-test");
        Assert.Equal((HttpStatusCode.SeeOther, "/profile?tested=sent"), (sent.Status, sent.Location));
        var after = await browser.GetAsync(sent.Location!);
        Assert.Contains("The relay took the test notice.", after.Text, StringComparison.Ordinal);
        Assert.Contains("The last one went out", after.Text, StringComparison.Ordinal);
        Assert.Single(linked.Transport.Sent);
    }
}
