using MultiMail.Core.Suppression;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class SuppressionPageTests
{
    private const string Ann = "ann@example.net";
    private const string Lift = "/suppressions/lift";
    private const string AskLift = Lift + "?address=ann%40example.net";
    private const string Evidence = "She asked for it again on the phone, 20 November.";

    [Fact]
    public async Task A_person_adds_finds_and_lifts_with_the_password()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var page = await browser.GetAsync("/suppressions");
        Assert.Contains("Nothing is suppressed.", page.Text, StringComparison.Ordinal);
        Assert.Equal("/suppressions", (await browser.SubmitAsync(page, "/suppressions/add", ("address", Ann), ("note", "<b>wants</b> no mail"))).Location);

        var found = await browser.GetAsync("/suppressions?address=ANN&reason=manual");
        Assert.Contains(Ann, found.Text, StringComparison.Ordinal);
        Assert.Contains("<b>wants</b> no mail", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>wants", found.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Ann, (await browser.GetAsync("/suppressions?reason=complaint")).Text, StringComparison.Ordinal);

        var asked = await browser.GetAsync(AskLift);
        Assert.DoesNotContain("name=\"evidence\"", asked.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SubmitAsync(asked, Lift, ("password", "wrong"))).Status);
        Assert.Equal("/suppressions", (await browser.SubmitAsync(asked, Lift, ("password", Person.Password))).Location);
        Assert.Contains("Lifted last", (await browser.GetAsync("/suppressions")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(AskLift)).Status);
    }

    [Fact]
    public async Task What_the_recipient_asked_for_is_lifted_with_evidence_only()
    {
        await using var web = await WebHouse.OpenAsync();
        await UnsubscribeAsync(web);
        var browser = await web.SignedInAsync();
        var asked = await browser.GetAsync(AskLift);
        Assert.Contains("name=\"evidence\"", asked.Html, StringComparison.Ordinal);
        var thin = await browser.SubmitAsync(asked, Lift, ("password", Person.Password), ("evidence", "because"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, thin.Status);
        Assert.Contains("no evidence", thin.Text, StringComparison.Ordinal);
        Assert.Equal("/suppressions", (await browser.SubmitAsync(thin, Lift, ("password", Person.Password), ("evidence", Evidence))).Location);
        var page = await browser.GetAsync("/suppressions");
        Assert.Contains("Nothing is suppressed.", page.Text, StringComparison.Ordinal);
        Assert.Contains(Evidence, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_lifts_anything_from_another_site_or_without_signing_in()
    {
        await using var web = await WebHouse.OpenAsync();
        await UnsubscribeAsync(web);
        var browser = await web.SignedInAsync();
        var fields = (await browser.GetAsync(AskLift)).Form(Lift);
        fields["password"] = Person.Password;
        fields["evidence"] = Evidence;
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(Lift, fields, ("Sec-Fetch-Site", "cross-site"))).Status);
        fields["csrf"] += "x";
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(Lift, fields)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await web.Browser().PostAsync(Lift, fields)).Status);
        Assert.Equal("/login?return=%2Fsuppressions%3Faddress%3Dann%2540example.net", (await web.Browser().GetAsync("/suppressions?address=ann%40example.net")).Location);
        Assert.Contains(Ann, (await browser.GetAsync("/suppressions")).Text, StringComparison.Ordinal);
    }

    private static async Task UnsubscribeAsync(WebHouse web)
    {
        var tokens = new UnsubscribeTokens(new SuppressionSecrets(web.Node.Options));
        await web.Node.Unsubscribing.ApplyAsync(tokens.Make(new(web.House.Person.Account, UnsubscribeTokens.DefaultList, Ann)), CancellationToken.None);
    }
}
