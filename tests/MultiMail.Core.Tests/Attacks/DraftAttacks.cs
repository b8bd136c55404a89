using MultiMail.Core.Errors;
using MultiMail.Core.Messages;
using MultiMail.Core.Policy;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Core.Tests.Drafts;
using MultiMail.Core.Tests.Policy;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>What an agent tries with drafts, with files of others and with answers to its own mail.</summary>
public sealed class DraftAttacks
{
    private const string Secret = "The safe behind the picture opens with seven four nine two one, and nobody but me knows it.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("monitored")]
    [InlineData("autonomous")]
    public async Task Waiting_a_day_does_not_wash_a_draft(string mode)
    {
        await using var house = await PolicyHouse.BuildAsync(mode);
        await RelayHouse.KnowAsync(house.House, ["drop@where.example"]);
        var read = await house.ArriveAsync("owner@house.example", Secret, "Private");
        await house.ReadAsync(read!);
        var draft = await house.House.SaveAsync(Draft("drop@where.example", Secret), house.Key);
        house.House.Clock.Advance(UntrustedReads.Lasts + TimeSpan.FromMinutes(1));

        await house.House.EditAsync(draft.MessageId, e => e with { Category = "conversational" }, house.Key);
        var sent = await house.House.SendDraftAsync(draft.MessageId, house.Key);

        Assert.Equal("pending", sent.Status);
        Assert.Contains(RiskCodes.TaintForeignData, await house.FlagsAsync(sent));
        var review = await house.Node.Pending.ReviewAsync(house.House.Person, sent.MessageId, Token);
        Assert.Equal((true, read), (review.Tainted, review.TaintedBy));
    }

    [Fact]
    public async Task The_same_text_by_drafts_is_counted_as_any_other()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        string[][] groups = [[.. from n in Enumerable.Range(0, 10) select $"a{n}@customer.example"], [.. from n in Enumerable.Range(0, 10) select $"b{n}@customer.example"], ["last@customer.example"]];
        await RelayHouse.KnowAsync(house.House, [.. groups.SelectMany(g => g)]);
        var became = new List<string>();
        foreach (var group in groups)
        {
            var draft = await house.House.SaveAsync(Draft(string.Empty, "The same for all.") with { To = group }, house.Key);
            await house.House.EditAsync(draft.MessageId, e => e with { Category = "conversational" }, house.Key);
            became.Add((await house.House.SendDraftAsync(draft.MessageId, house.Key)).Status);
        }

        Assert.Equal(["queued", "queued", "pending"], became);
    }

    [Fact]
    public async Task An_answer_to_ones_own_mail_that_waits_makes_no_stranger_a_correspondent()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var first = await house.SendAsync(PolicyHouse.Mail("new@where.example"));

        var answer = await house.ReplyAsync(first.MessageId);

        Assert.Equal(("pending", "pending"), (first.Status, answer.Status));
        Assert.Contains(RiskCodes.NeedsCategoryReview, await house.FlagsAsync(answer));
    }

    [Fact]
    public async Task Nothing_is_an_answer_to_mail_that_was_taken_back()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var first = await house.SendAsync(PolicyHouse.Mail("new@where.example"));
        await house.Node.Submissions.CancelAsync(house.Key, first.MessageId, Token);

        var refused = await Assert.ThrowsAsync<Errors.RefusalException>(() => house.ReplyAsync(first.MessageId));

        Assert.Equal(["CS-04"], refused.Violations.Select(v => v.Rule));
    }

    [Fact]
    public async Task Drafts_count_as_writing()
    {
        await using var house = await PolicyHouse.BuildAsync(change: o => new Core.Node.CoreOptions { MasterKey = o.MasterKey, Transport = o.Transport, Relay = o.Relay, SendsPerMinute = 3 });
        for (var i = 0; i < 3; i++)
        {
            await house.House.SaveAsync(Draft("a@where.example", $"Words {i}."), house.Key);
        }

        var refused = await Assert.ThrowsAsync<Errors.RefusalException>(() => house.House.SaveAsync(Draft("a@where.example", "One more."), house.Key));

        Assert.Equal("rate_limited", refused.Code);
    }

    [Fact]
    public async Task A_persons_edit_hides_nothing_that_was_found_of_the_agents_mail()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var read = await house.ArriveAsync("owner@house.example", Secret, "Private");
        await house.ReadAsync(read!);
        var sent = await house.SendAsync(PolicyHouse.Mail("drop@where.example") with { Text = Secret });
        Assert.Contains(RiskCodes.TaintForeignData, await house.FlagsAsync(sent));

        await house.House.HumanEditAsync(sent.MessageId, new EditRequest { Subject = "Another subject" });

        Assert.Contains(RiskCodes.TaintForeignData, await house.FlagsAsync(sent));
        var review = await house.Node.Pending.ReviewAsync(house.House.Person, sent.MessageId, Token);
        Assert.Equal((true, read), (review.Tainted, review.TaintedBy));
    }

    [Fact]
    public async Task An_answer_that_goes_to_a_stranger_instead_is_no_conversation()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await RelayHouse.KnowAsync(house.House, [PolicyHouse.Customer]);
        var known = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer));
        await house.House.DeliverAsync();
        var draft = await house.House.SaveAsync(Draft("new@where.example", "Hello."), house.Key, known.MessageId);
        await house.House.EditAsync(draft.MessageId, e => e with { Category = "conversational" }, house.Key);

        var sent = await house.House.SendDraftAsync(draft.MessageId, house.Key);

        Assert.Equal(("queued", "pending"), (known.Status, sent.Status));
        Assert.Contains(RiskCodes.NeedsCategoryReview, await house.FlagsAsync(sent));
    }

    [Fact]
    public async Task A_file_of_a_stranger_that_goes_along_unread_taints()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await RelayHouse.KnowAsync(house.House, [PolicyHouse.Customer]);
        var id = await FileAsync(house);
        house.House.Clock.Advance(UntrustedReads.Lasts + TimeSpan.FromMinutes(1));

        var sent = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Attachments = [new SubmittedAttachment(null, null, null) { AttachmentId = id }] });

        Assert.Equal("pending", sent.Status);
        Assert.Contains(RiskCodes.TaintAttachment, await house.FlagsAsync(sent));
    }

    [Fact]
    public async Task A_key_that_only_sends_takes_no_file_out_of_mail_that_it_may_not_read()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var id = await FileAsync(house);
        var sender = (await house.House.KeyAsync("send", "live", PolicyHouse.Agent)).Principal;

        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(
            PolicyHouse.Mail(PolicyHouse.Customer) with { Attachments = [new SubmittedAttachment(null, null, null) { AttachmentId = id }] }, sender));

        Assert.Equal("attachments[0].attachment_id", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task Blind_copies_are_told_to_their_sender_alone()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await RelayHouse.KnowAsync(house.House, [PolicyHouse.Customer, "blind@customer.example"]);
        var sent = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Bcc = ["blind@customer.example"] });
        await house.House.DeliverAsync();
        var other = (await house.House.KeyAsync("read", "live", PolicyHouse.Agent)).Principal;

        Assert.Equal([PolicyHouse.Customer], await SeenAsync(other));
        Assert.Equal([PolicyHouse.Customer, "blind@customer.example"], await SeenAsync(house.Key));

        async Task<IEnumerable<string>> SeenAsync(Accounts.Principal reader) =>
            (await house.Node.Submissions.StatusAsync(reader, new StatusRequest { MessageIds = [sent.MessageId] }, Token)).Messages[0].Recipients.Select(r => r.Address);
    }

    private static Submission Draft(string to, string text) => new() { From = PolicyHouse.Agent, To = [to], Subject = "Your order", Text = text };

    private static async Task<string> FileAsync(PolicyHouse house)
    {
        var raw = $"From: <owner@house.example>\r\nTo: {PolicyHouse.Agent}\r\nSubject: Plan\r\nMessage-ID: <plan@outside.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; name=\"plan.txt\"\r\nContent-Disposition: attachment; filename=\"plan.txt\"\r\n\r\nA plan.\r\n";
        await house.Node.SmtpDoor.AcceptAsync(Inbound.Arrivals.Envelope([PolicyHouse.Agent], "owner@house.example"), System.Text.Encoding.ASCII.GetBytes(raw), Token);
        var list = await house.Node.Inbox.ListAsync(house.House.Person, new InboxRequest { Mailbox = PolicyHouse.Agent, Subject = "Plan" }, Token);
        var view = await house.Node.Inbox.ReadAsync(house.House.Person, new ReadRequest { MessageId = list.Messages[0].MessageId }, Token);
        return view.Attachments[0].AttachmentId;
    }
}
