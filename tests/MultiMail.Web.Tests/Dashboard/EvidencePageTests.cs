using MultiMail.Core.Oversight;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class EvidencePageTests
{
    [Fact]
    public async Task The_page_shows_what_was_counted()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        await DecideAsync(web, (await agent.SendMailAsync("First", "1"))["message_id"]!, approve: true);
        await DecideAsync(web, (await agent.SendMailAsync("Second", "2"))["message_id"]!, approve: false);
        var page = await (await web.SignedInAsync()).GetAsync($"/mailboxes/{await MailboxAsync(web)}/evidence");

        Assert.Contains("2 messages, 1 approved unchanged", page.Text, StringComparison.Ordinal);
        Assert.Contains("leak 1", page.Text, StringComparison.Ordinal);
        Assert.Contains("of 8 things that monitored asks for are not shown yet", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_loosens_sees_the_evidence_before_the_password_and_the_log_has_it()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var action = $"/mailboxes/{await MailboxAsync(web)}/mode";
        var asked = await browser.SubmitAsync(await browser.GetAsync("/mailboxes"), action, ("mode", "monitored"));
        Assert.Contains("What speaks for it", asked.Text, StringComparison.Ordinal);
        Assert.Contains("at least 100", asked.Text, StringComparison.Ordinal);
        await browser.SubmitAsync(asked, action, ("password", Person.Password));

        var log = (await (await web.RestAsync("operator")).GetAsync("/v1/audit?action=mailbox.mode_changed")).Body.GetProperty("entries")[0];
        Assert.Equal("evidence n=0 k=0 lb=0.0000", log.GetProperty("policy").GetString());
    }

    [Fact]
    public async Task A_canary_is_seeded_shown_like_any_mail_and_told_when_it_is_approved()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var mailbox = await MailboxAsync(web);
        var page = await browser.GetAsync($"/mailboxes/{mailbox}/evidence");
        var seeded = await browser.SubmitAsync(page, $"/mailboxes/{mailbox}/canary", ("to", Addresses.Person), ("subject", "Invoice"), ("text", "Pay at once."));
        Assert.Contains("It will never be sent.", seeded.Text, StringComparison.Ordinal);
        var id = Assert.Single((await web.Node.Pending.ListAsync(web.House.Person, new PendingRequest(), CancellationToken.None)).Pending).MessageId;

        var review = await browser.GetAsync($"/pending/{id}");
        Assert.DoesNotContain("canary", review.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("canary", (await browser.GetAsync("/")).Text, StringComparison.OrdinalIgnoreCase);
        await browser.SubmitAsync(review, $"/pending/{id}/approve");
        Assert.Contains("This was a canary", (await browser.GetAsync($"/pending/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canary_that_could_not_be_a_mail_is_refused_with_what_was_typed()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var mailbox = await MailboxAsync(web);
        var page = await browser.GetAsync($"/mailboxes/{mailbox}/evidence");
        var refused = await browser.SubmitAsync(page, $"/mailboxes/{mailbox}/canary", ("to", "nobody at all"), ("subject", "Invoice"), ("text", "Pay at once."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Pay at once.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_and_rest_take_a_class_with_a_rejection()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, operatorKey) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var browser = await web.SignedInAsync();
        var id = (await agent.SendMailAsync("First", "1"))["message_id"];
        await browser.SubmitAsync(await browser.GetAsync($"/pending/{id}"), $"/pending/{id}/reject", ("reason", "no"), ("reason_class", "wrong_recipient"));
        var other = (await agent.SendMailAsync("Second", "2"))["message_id"];
        (await operatorKey.PostAsync($"/v1/pending/{other}/reject", new { reason = "no", reason_class = "leak" })).Is(HttpStatusCode.OK);
        var third = (await agent.SendMailAsync("Third", "3"))["message_id"];
        (await operatorKey.PostAsync($"/v1/pending/{third}/approve", new { reason_class = "leak" })).Is(HttpStatusCode.UnprocessableEntity);

        var evidence = (await operatorKey.GetAsync($"/v1/mailboxes/{Addresses.Agent}/evidence")).Is(HttpStatusCode.OK).Body;
        Assert.Equal((1, 1), (evidence.GetProperty("decisions").GetInt32(), evidence.GetProperty("rejects").GetProperty("wrong_recipient").GetInt32()));
        Assert.Equal("no", (await agent.GetAsync($"/v1/emails/{id}/status"))["reason"]);
        (await agent.GetAsync($"/v1/mailboxes/{Addresses.Agent}/evidence")).Is(HttpStatusCode.Forbidden);
    }

    private static async Task DecideAsync(WebHouse web, string id, bool approve)
    {
        var request = new DecisionRequest(id, null, approve ? null : "no") { ReasonClass = approve ? null : "leak" };
        await (approve
            ? web.Node.Decisions.ApproveAsync(web.House.Person, request, CancellationToken.None)
            : web.Node.Decisions.RejectAsync(web.House.Person, request, CancellationToken.None));
    }

    private static async Task<string> MailboxAsync(WebHouse web) =>
        (await web.Node.Mailboxes.GetAsync(web.House.Person, Addresses.Agent, CancellationToken.None)).Id;
}
