using System.Text;
using MultiMail.Core.Audit;
using MultiMail.Core.Compliance;
using MultiMail.Core.Contacts;
using MultiMail.Core.Delivery;
using MultiMail.Core.Errors;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Profile;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Core.Tests.Suppression;

namespace MultiMail.Core.Tests.Compliance;

/// <summary>The rules where they bite: at submit, in front of a person, and before the bytes leave.</summary>
public sealed class RulesOnTheWayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Submission Offer => RelayHouse.Mail(Recipients.Ann) with { Subject = "Our new catalogue", Category = "commercial", Markdown = "It is **here**.", Text = null };

    [Fact]
    public async Task Commercial_mail_that_the_server_composed_passes_every_rule_and_leaves()
    {
        await using var there = await ShopAsync("gated_send");
        var id = await there.SendAsync(Offer);

        var review = await there.House.Node.Pending.ReviewAsync(there.House.Person, id, Token);

        Assert.Equal(14, review.Checks.Count);
        Assert.All(review.Checks, check => Assert.Equal("passed", check.State));
        await there.House.ApproveAsync(id);
        await there.House.DeliverAsync();
        Assert.Equal("delivered", await there.House.StatusAsync(id));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("it")]
    [InlineData("nl")]
    [InlineData("pl")]
    [InlineData("pt")]
    public async Task What_the_server_writes_passes_in_every_language_with_and_without_a_public_address(string language)
    {
        await using var there = await ShopAsync("gated_send");
        await there.House.Node.Profiles.SetAsync(there.House.Person, new ProfileChange { Language = language }, Token);
        await there.SendAsync(Offer);
        there.House.Node.Options.PublicUrl = "http://127.0.0.1:8484";

        var id = await there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { Category = null });

        var review = await there.House.Node.Pending.ReviewAsync(there.House.Person, id, Token);
        Assert.Equal("unclassified", review.Category);
        Assert.DoesNotContain(review.Checks, check => check.State == "failed");
    }

    [Fact]
    public async Task A_refusal_names_everything_at_once_and_the_log_names_the_rules()
    {
        await using var there = await ShopAsync("autonomous");
        var bad = Offer with { To = [Recipients.Ann, "bob@example.net"], Subject = "Re: your order" };

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.SendAsync(bad));

        Assert.Equal(ErrorCodes.ComplianceRejected, refusal.Code);
        Assert.Equal(["CS-04", "CS-05", "CS-06", "CS-10", "CS-11"], refusal.Violations.Select(v => v.Rule).Distinct().Order(StringComparer.Ordinal));
        Assert.All(refusal.Violations, v => Assert.NotEmpty(v.Fix));
        Assert.Contains("\"policy\":\"CS-04 CS-05 CS-06 CS-10 CS-11\",\"reason\":\"compliance_rejected\"", await LastLeafAsync(there, LeafNames.SendBlocked), StringComparison.Ordinal);
        Assert.Empty(there.Relay.Seen);
    }

    [Fact]
    public async Task Commercial_mail_to_somebody_of_whom_nothing_is_known_is_refused()
    {
        await using var there = await Recipients.HouseAsync();

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.SendAsync(Offer));

        Assert.Equal(("CS-11", "to"), (Assert.Single(refusal.Violations).Rule, refusal.Violations[0].Field));
    }

    [Fact]
    public async Task Another_address_in_the_profile_after_the_approval_stops_what_carries_the_old_one()
    {
        await using var there = await ShopAsync("gated_send");
        var id = await there.SendAsync(Offer);
        await there.House.ApproveAsync(id);
        await there.House.Node.Profiles.SetAsync(there.House.Person, new ProfileChange { AddressLines = ["9 Low Street", "Springfield"] }, Token);

        await there.House.DeliverAsync();

        await AssertStoppedAsync(there, id, "CS-07", "compliance_rejected");
    }

    [Fact]
    public async Task What_changes_between_the_look_and_the_transaction_of_the_attempt_stops_it_too()
    {
        await using var there = await ShopAsync("gated_send");
        var core = new CoreContext(there.House.Store, there.House.Node.Options, there.House.Clock);
        var id = core.ParseMessageId(await there.SendAsync(Offer));
        var message = (await there.House.Store.MessageAsync(there.House.Person.Account, id, Token))!;
        var mailbox = (await there.House.Store.MailboxAsync(message.Account, message.Mailbox, Token))!;
        var wire = (await there.House.Store.RawAsync(message.Account, message.RawSha256, Token))!;
        var recipients = await there.House.Store.RecipientsOfAsync(message.Account, id, Token);
        var look = await core.Compliance.LookAsync(new LoadedMessage(message, mailbox, wire, null, recipients, Covered: true), Token);
        var before = await there.House.Store.WriteAsync(unit => ComplianceDesk.BlockAsync(unit, look), Token);

        await there.House.Node.Profiles.SetAsync(there.House.Person, new ProfileChange { AddressLines = ["9 Low Street", "Springfield"] }, Token);

        Assert.Null(look.Block);
        Assert.Null(before);
        Assert.Equal(new ComplianceBlock("compliance_rejected", "CS-07"), await there.House.Store.WriteAsync(unit => ComplianceDesk.BlockAsync(unit, look), Token));
    }

    [Fact]
    public async Task A_contact_that_is_gone_after_the_approval_stops_commercial_mail()
    {
        await using var there = await Recipients.HouseAsync("gated_send");
        var contact = await there.House.Node.Contacts.AddAsync(there.House.Person, new ContactFields { Email = Recipients.Ann, Source = "the shop's form" }, Token);
        var id = await there.SendAsync(Offer);
        await there.House.ApproveAsync(id);
        await there.House.Node.Contacts.DeleteAsync(there.House.Person, contact.Id, null, Token);

        await there.House.DeliverAsync();

        await AssertStoppedAsync(there, id, "CS-11", "compliance_rejected");
    }

    [Fact]
    public async Task Who_unsubscribed_after_the_approval_gets_nothing_commercial()
    {
        await using var there = await ShopAsync("gated_send");
        var id = await there.SendAsync(Offer);
        await there.House.ApproveAsync(id);
        await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken(), Token);

        await there.House.DeliverAsync();

        Assert.Equal("failed", await there.House.StatusAsync(id));
        Assert.Empty(there.Relay.Seen);
    }

    [Fact]
    public async Task A_public_address_that_is_gone_stops_commercial_mail_whose_links_lead_nowhere()
    {
        await using var there = await ShopAsync("gated_send");
        var id = await there.SendAsync(Offer);
        await there.House.ApproveAsync(id);
        there.House.Node.Options.PublicUrl = "http://127.0.0.1:8484";

        await there.House.DeliverAsync();

        await AssertStoppedAsync(there, id, "CS-05 CS-06", "compliance_rejected");
    }

    [Fact]
    public async Task An_answer_that_calls_itself_one_is_let_through_and_the_same_words_to_a_stranger_are_not()
    {
        await using var there = await Recipients.HouseAsync("gated_send");
        await there.WriteAsync(Recipients.Ann, "Lunch");
        var lunch = (await there.House.ListAsync(RelayHouse.Robot)).Messages[0];
        var reply = await there.House.Node.Submissions.ReplyAsync(there.Sender, new Reply { MessageId = lunch.MessageId, Text = "Yes." }, Token);
        await there.House.ApproveAsync(reply.MessageId);

        await there.House.DeliverAsync();

        Assert.Equal("delivered", await there.House.StatusAsync(reply.MessageId));
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { Subject = "Re: Lunch" }));
        Assert.Equal("CS-04", Assert.Single(refusal.Violations).Rule);
    }

    [Fact]
    public async Task An_answer_to_all_leaves_and_one_that_somebody_new_gets_waits()
    {
        await using var there = await Recipients.HouseAsync();
        await there.WriteAsync(Recipients.Ann, "Lunch", extra: "Cc: bob@example.net\r\n");
        var lunch = (await there.House.ListAsync(RelayHouse.Robot)).Messages[0];

        var all = await there.House.Node.Submissions.ReplyAsync(there.Sender, new Reply { MessageId = lunch.MessageId, Text = "Yes.", ReplyAll = true }, Token);
        var more = await there.House.Node.Submissions.ReplyAsync(there.Sender, new Reply { MessageId = lunch.MessageId, Text = "Carl too.", Cc = ["carl@example.net"] }, Token);

        Assert.Equal(("queued", "pending"), (all.Status, more.Status));
        var review = await there.House.Node.Pending.ReviewAsync(there.House.Person, more.MessageId, Token);
        Assert.Equal("conversational", review.Category);
        Assert.Contains("needs_category_review", review.Item.RiskFlags);
    }

    [Fact]
    public async Task A_name_borrowed_from_another_mailbox_is_refused_and_the_mailboxs_own_is_not()
    {
        await using var there = await Recipients.HouseAsync();
        await there.House.Node.Mailboxes.CreateAsync(there.House.Person, new NewMailbox { Address = "boss@example.org", DisplayName = "Alice Person" }, Token);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { From = $"Аliсе Person <{RelayHouse.Robot}>" }));

        Assert.Equal(("CS-02", "from"), (Assert.Single(refusal.Violations).Rule, refusal.Violations[0].Field));
        await there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { From = $"Friendly Robot <{RelayHouse.Robot}>" });
    }

    [Fact]
    public async Task A_preview_says_what_submitting_says()
    {
        await using var there = await ShopAsync("gated_send");

        var good = await there.House.Node.Preview.OfAsync(there.Sender, Offer, Token);
        var bad = await there.House.Node.Preview.OfAsync(there.Sender, Offer with { Subject = "Fwd: prices" }, Token);

        Assert.All(good.Checks!, check => Assert.Equal("passed", check.State));
        Assert.Equal(("refused", "CS-04"), (bad.WouldBe, Assert.Single(bad.Violations!).Rule));
    }

    /// <summary>A house that the outside reaches and that knows where Ann's address came from.</summary>
    private static async Task<RelayHouse> ShopAsync(string mode)
    {
        var there = await Recipients.HouseAsync(mode);
        await there.House.Node.Contacts.AddAsync(there.House.Person, new ContactFields { Email = Recipients.Ann, Source = "the shop's form" }, Token);
        return there;
    }

    private static async Task AssertStoppedAsync(RelayHouse there, string id, string rules, string code)
    {
        Assert.Empty(there.Relay.Seen);
        Assert.Equal("failed", await there.House.StatusAsync(id));
        Assert.Contains($"\"policy\":\"{rules}\",\"reason\":\"{code}\"", await LastLeafAsync(there, "delivery.failed"), StringComparison.Ordinal);
    }

    private static async Task<string> LastLeafAsync(RelayHouse there, string name)
    {
        var entries = await there.House.Store.QueryLogAsync(new AuditQuery(there.House.Person.Account, null, null, null, name, null, null, 1), Token);
        return Encoding.UTF8.GetString(Assert.Single(entries).Entry);
    }
}
