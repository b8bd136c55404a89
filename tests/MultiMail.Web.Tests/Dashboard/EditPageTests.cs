namespace MultiMail.Web.Tests.Dashboard;

public sealed class EditPageTests
{
    [Fact]
    public async Task A_person_edits_what_waits_and_then_decides_about_their_own_revision()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync("Offer", "\nDear <customer> & friends,\nten percent."))["message_id"]!;
        Assert.Contains($"/pending/{id}/edit", (await browser.GetAsync($"/pending/{id}")).Html, StringComparison.Ordinal);
        var form = await browser.GetAsync($"/pending/{id}/edit");
        Assert.Contains("Dear &lt;customer&gt; &amp; friends,", form.Html, StringComparison.Ordinal);

        var kept = await browser.SubmitAsync(form, $"/pending/{id}/edit", Typed("Better offer", "Dear customer,\r\ntwenty percent."));

        Assert.Equal((HttpStatusCode.SeeOther, $"/pending/{id}"), (kept.Status, kept.Location));
        var review = await browser.GetAsync($"/pending/{id}");
        Assert.Contains("Changed since revision 1", review.Text, StringComparison.Ordinal);
        Assert.Contains("A person changed it.", review.Text, StringComparison.Ordinal);
        Assert.Contains("twenty percent.", review.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(review, $"/pending/{id}/approve")).Status);
        Assert.Equal("queued", (await agent.GetAsync($"/v1/emails/{id}/status"))["status"]);
        Assert.Equal((HttpStatusCode.SeeOther, $"/pending/{id}"), (await browser.GetAsync($"/pending/{id}/edit")) is var late ? (late.Status, late.Location) : default);
    }

    [Fact]
    public async Task An_edit_of_a_revision_that_is_not_current_is_refused_and_keeps_what_was_typed()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        var form = await browser.GetAsync($"/pending/{id}/edit");
        (await agent.PatchAsync($"/v1/emails/{id}", new { expected_version = 1, text = "Slipped in." })).Is(HttpStatusCode.OK);

        var refused = await browser.SubmitAsync(form, $"/pending/{id}/edit", Typed("Mine", "My long work."));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("My long work.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("2", (await agent.GetAsync($"/v1/emails/{id}/status"))["revision"]);
    }

    [Theory]
    [InlineData("to", "no address")]
    [InlineData("subject", "")]
    [InlineData("send_at", "tomorrow")]
    public async Task A_bad_field_is_named_and_nothing_changes(string field, string value)
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        var form = await browser.GetAsync($"/pending/{id}/edit");
        var typed = Typed("Subject", "Text").Select(t => t.Name == field ? (field, value) : t).ToArray();

        var refused = await browser.SubmitAsync(form, $"/pending/{id}/edit", typed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(field, refused.Text, StringComparison.Ordinal);
        Assert.Equal("1", (await agent.GetAsync($"/v1/emails/{id}/status"))["revision"]);
    }

    [Fact]
    public async Task Without_the_pages_own_form_nothing_is_edited()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        await browser.PostAsync($"/pending/{id}/edit", Typed("Mine", "Mine").Select(t => KeyValuePair.Create(t.Name, t.Value)));
        Assert.Equal("1", (await agent.GetAsync($"/v1/emails/{id}/status"))["revision"]);
    }

    [Fact]
    public async Task A_long_message_fits_into_the_form()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        var form = await browser.GetAsync($"/pending/{id}/edit");
        var kept = await browser.SubmitAsync(form, $"/pending/{id}/edit", Typed("Long", string.Concat(Enumerable.Repeat("Ein Wort für alle. ", 20_000))));
        Assert.Equal(HttpStatusCode.SeeOther, kept.Status);
    }

    private static (string Name, string Value)[] Typed(string subject, string text) =>
        [("to", Addresses.Person), ("cc", ""), ("bcc", ""), ("subject", subject), ("text", text), ("send_at", "")];
}
