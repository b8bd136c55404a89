namespace MultiMail.Web.Tests.Dashboard;

public sealed class ProfilePageTests
{
    [Fact]
    public async Task The_page_keeps_what_was_typed_until_the_password_is_right()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var page = await browser.GetAsync("/profile");
        Assert.Contains("not all there yet", page.Text, StringComparison.Ordinal);
        (string, string)[] typed = [("name", "Example GmbH"), ("address", "Street 1\r\nTown"), ("country", "DE"), ("language", "de"), ("notify", "ann@example.net")];
        var wrong = await browser.SubmitAsync(page, "/profile", [.. typed, ("password", "another password")]);
        Assert.Contains("Not done.", wrong.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Example GmbH\"", wrong.Html, StringComparison.Ordinal);
        Assert.Null((await web.Node.Profiles.ShowAsync(web.House.Person, CancellationToken.None)).Name);

        var right = await browser.SubmitAsync(page, "/profile", [.. typed, ("password", Person.Password)]);
        Assert.Equal((HttpStatusCode.SeeOther, "/profile?done=1"), (right.Status, right.Location));
        var set = await web.Node.Profiles.ShowAsync(web.House.Person, CancellationToken.None);
        Assert.Equal(["Street 1", "Town"], set.AddressLines);
        Assert.Equal(("Example GmbH", "DE", "de", "ann@example.net"), (set.Name, set.Country, set.Language, set.Notify));
        Assert.Contains("The sender profile is set.", (await browser.GetAsync("/profile?done=1")).Text, StringComparison.Ordinal);
    }
}
