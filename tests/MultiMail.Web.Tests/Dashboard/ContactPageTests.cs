using MultiMail.Core.Contacts;
using MultiMail.Core.Templates;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class ContactPageTests
{
    [Fact]
    public async Task A_person_says_that_a_machine_reads_it_with_evidence_and_password()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, path) = await OpenAsync(web, browser);

        var wrong = await browser.SubmitAsync(page, path + "/machine", ("evidence", "A ticket system."), ("password", "not it"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        var empty = await browser.SubmitAsync(wrong, path + "/machine", ("evidence", " "), ("password", Person.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Equal("person", (await ContactAsync(web, path)).RecipientKind);

        Assert.Equal(path, (await browser.SubmitAsync(empty, path + "/machine", ("evidence", "A ticket system."), ("password", Person.Password))).Location);
        Assert.Equal(("machine", "A ticket system."), ((await ContactAsync(web, path)).RecipientKind, (await ContactAsync(web, path)).MachineEvidence));
        var marked = await browser.GetAsync(path);
        Assert.Equal(path, (await browser.SubmitAsync(marked, path + "/person")).Location); // stricter: at once
        Assert.Equal("person", (await ContactAsync(web, path)).RecipientKind);
    }

    [Fact]
    public async Task Consent_relationship_and_language_are_recorded_there()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, path) = await OpenAsync(web, browser);
        await browser.SubmitAsync(page, path + "/language", ("language", "fr"));
        await browser.SubmitAsync(await browser.GetAsync(path), path + "/consent", ("source", "form"), ("time", "2026-11-01"), ("wording", "Yes, news."), ("password", Person.Password));
        await browser.SubmitAsync(await browser.GetAsync(path), path + "/relationship", ("basis", "delivery"), ("note", "order 7"), ("password", Person.Password));
        var contact = await ContactAsync(web, path);
        Assert.Equal(("fr", "Yes, news.", "delivery"), (contact.Language, contact.Consent?.Wording, contact.Relationship?.Basis));
        await browser.SubmitAsync(await browser.GetAsync(path), path + "/consent/remove");
        await browser.SubmitAsync(await browser.GetAsync(path), path + "/relationship/remove");
        contact = await ContactAsync(web, path);
        Assert.Null(contact.Consent);
        Assert.Null(contact.Relationship);
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var (page, path) = await OpenAsync(web, browser);
        await web.Node.Contacts.ChangeAsync(web.House.Agent, path.Split('/')[^1], new ContactFields { Email = "other@example.org" }, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SubmitAsync(page, path + "/machine", ("evidence", "A ticket system."), ("password", Person.Password))).Status);
        Assert.Equal("person", (await ContactAsync(web, path)).RecipientKind);
    }

    [Fact]
    public async Task Lists_show_strangers_words_as_words()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        await web.Node.Contacts.AddAsync(web.House.Agent, new ContactFields { Email = "ann@example.org", Name = "<b>Ann</b>", Tags = ["a&b"], Source = "scraped", Notes = "<script>x</script>" }, CancellationToken.None);
        var template = await web.Node.Templates.SaveAsync(web.House.Agent, new TemplateFields { Name = "<i>T</i>", Subject = "Hi {{name}}", Html = "<p>{{name}}</p>", Variables = ["name"] }, CancellationToken.None);

        var contacts = await browser.GetAsync("/contacts?query=ann");
        Assert.Contains("<b>Ann</b>", contacts.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Ann", contacts.Html, StringComparison.Ordinal);
        Assert.Contains("/contacts?tag=a%26b", contacts.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.org", (await browser.GetAsync("/contacts?query=nobody")).Text, StringComparison.Ordinal);
        Assert.Contains("<i>T</i>", (await browser.GetAsync("/templates")).Text, StringComparison.Ordinal);
        var shown = await browser.GetAsync($"/templates/{template.Id}");
        Assert.Contains("<p>{{name}}</p>", shown.Text, StringComparison.Ordinal);
        Assert.Contains(template.Digest, shown.Text, StringComparison.Ordinal);
    }

    private static async Task<(Page Page, string Path)> OpenAsync(WebHouse web, Browser browser)
    {
        var contact = await web.Node.Contacts.AddAsync(web.House.Agent, new ContactFields { Email = "ann@example.org", Source = "test" }, CancellationToken.None);
        return (await browser.GetAsync($"/contacts/{contact.Id}"), $"/contacts/{contact.Id}");
    }

    private static Task<ContactView> ContactAsync(WebHouse web, string path) => web.Node.Contacts.GetAsync(web.House.Person, path.Split('/')[^1], CancellationToken.None);
}
