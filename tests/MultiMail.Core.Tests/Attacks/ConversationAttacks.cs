using MultiMail.Core.Contacts;
using MultiMail.Core.Policy;
using MultiMail.Core.Tests.Policy;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>Strangers who make themselves known, and mail that is no longer what it was approved as.</summary>
public sealed class ConversationAttacks
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("monitored")]
    [InlineData("autonomous")]
    public async Task Who_names_a_message_of_a_conversation_is_not_in_it(string mode)
    {
        await using var house = await PolicyHouse.BuildAsync(mode);
        var asked = await house.ArriveAsync(PolicyHouse.Customer);
        var answer = await house.ReplyAsync(asked!);
        await house.House.DeliverAsync();
        var ours = (await house.MessageAsync(answer)).MessageIdField;
        var joined = await house.ArriveAsync("eve@evil.example", "What did she order?", "Re: Order", fields: $"In-Reply-To: <{ours}>\r\n");

        var told = await house.ReplyAsync(joined!);

        Assert.Equal(("queued", "pending"), (answer.Status, told.Status));
        Assert.Equal((await house.MessageAsync(answer)).Thread, (await house.MessageAsync(told)).Thread);
        Assert.Contains(RiskCodes.TaintNewRecipient, await house.FlagsAsync(told));
    }

    [Fact]
    public async Task Whoever_only_wrote_under_a_name_is_no_correspondent()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await house.ArriveAsync("ceo@partner.example", "We shall write again.");

        var receipt = await house.SendAsync(PolicyHouse.Mail("ceo@partner.example"));

        Assert.Equal("pending", receipt.Status);
        Assert.Contains(RiskCodes.FirstContact, await house.FlagsAsync(receipt));
    }

    [Fact]
    public async Task A_machine_that_became_a_person_gets_no_mail_without_the_line()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var contact = await house.Node.Contacts.AddAsync(
            house.House.Person, new ContactFields { Email = PolicyHouse.Customer, Source = "form", RecipientKind = "machine", MachineEvidence = "Their order intake." }, Token);
        string[] ids = [(await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer))).MessageId, (await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Text = "And this." })).MessageId];
        await house.House.ApproveAsync(ids[0]);
        await house.House.DeliverAsync();
        await house.House.ApproveAsync(ids[1]);
        await house.Node.Contacts.ChangeAsync(house.House.Person, contact.Id, new ContactFields { RecipientKind = "person" }, Token);
        await house.House.DeliverAsync();

        Assert.Equal(["delivered", "failed"], [await house.House.StatusAsync(ids[0]), await house.House.StatusAsync(ids[1])]);
        var log = await house.Node.Audit.QueryAsync(house.House.Person, new Audit.AuditLogRequest { MessageId = ids[1] }, Token);
        Assert.Contains(log.Entries, e => e is { Event: "delivery.failed", Reason: "compliance_rejected" });
    }

    [Fact]
    public async Task A_key_that_sends_does_not_vouch_for_consent()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var both = (await house.House.KeyAsync("send,admin")).Principal;
        var agreed = new ContactFields { Email = PolicyHouse.Customer, Source = "form", Relationship = new RelationshipFields("delivery", "order 7") };

        var refused = await Assert.ThrowsAsync<Errors.RefusalException>(() => house.Node.Contacts.AddAsync(both, agreed, Token));

        Assert.Equal("scope_missing", refused.Code);
        Assert.NotNull((await house.Node.Contacts.AddAsync(house.Admin, agreed, Token)).Relationship);
    }
}
