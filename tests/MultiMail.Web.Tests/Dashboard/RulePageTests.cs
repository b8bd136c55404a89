using MultiMail.Core.Policy;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class RulePageTests
{
    [Fact]
    public async Task A_block_holds_at_once_and_its_end_asks_for_the_password()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var page = await browser.GetAsync("/rules");
        Assert.Equal("/rules", (await browser.SubmitAsync(page, "/rules", ("type", "block"), ("direction", "send"), ("pattern", "*@evil.example"))).Location);
        var rule = Assert.Single(await RulesAsync(web));
        var action = $"/rules/{rule.Id}/remove";

        var asked = await browser.SubmitAsync(await browser.GetAsync("/rules"), action);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SubmitAsync(asked, action, ("password", "wrong"))).Status);
        Assert.Single(await RulesAsync(web));

        Assert.Equal("/rules", (await browser.SubmitAsync(asked, action, ("password", Person.Password))).Location);
        Assert.Empty(await RulesAsync(web));
    }

    [Fact]
    public async Task An_allow_asks_for_the_password_and_keeps_what_was_typed()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var asked = await browser.SubmitAsync(
            await browser.GetAsync("/rules"), "/rules", ("type", "allow"), ("direction", "send"), ("pattern", "*@customer.example"), ("mailbox", Addresses.Agent), ("note", "ours"));
        Assert.Empty(await RulesAsync(web));

        await browser.SubmitAsync(asked, "/rules", ("password", Person.Password));

        var rule = Assert.Single(await RulesAsync(web));
        Assert.Equal((Addresses.Agent, "send", "allow", "*@customer.example", "ours"), (rule.Mailbox, rule.Direction, rule.Type, rule.Pattern, rule.Note));
    }

    [Fact]
    public async Task What_is_no_pattern_is_said_on_the_page()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();

        var refused = await browser.SubmitAsync(await browser.GetAsync("/rules"), "/rules", ("type", "block"), ("direction", "send"), ("pattern", "<b>nobody</b>"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
    }

    private static async Task<IReadOnlyList<AccessRuleView>> RulesAsync(WebHouse web) =>
        (await web.Node.Rules.ListAsync(web.House.Person, new AccessRuleRequest(), CancellationToken.None)).AccessRules;
}
