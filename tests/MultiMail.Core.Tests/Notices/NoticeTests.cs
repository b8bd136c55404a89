using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Core.Tests.Requests;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Notices;

public sealed class NoticeTests
{
    private const string Secret = "secret.person@foreign.test";

    [Fact]
    public async Task The_first_notice_goes_at_once_and_the_next_one_gathers()
    {
        await using var there = await NoticeHouse.BuildAsync();
        Assert.Empty(await there.RunAsync());
        await there.There.SendAsync(Secret);
        Assert.Equal(["summary Sent"], await there.RunAsync());
        await there.House.SendAsync(Steps.Letter("Two"));
        await there.House.SendAsync(Steps.Letter("Three", "Otherwise."));
        there.House.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await there.RunAsync());
        await there.There.SendAsync("another@foreign.test");
        there.House.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["summary Sent"], await there.RunAsync());

        var sent = there.SentTo(NoticeHouse.Ann);
        Assert.Equal(2, sent.Count);
        Assert.Contains("Subject: MultiMail: a message waits for you\r\n", sent[0], StringComparison.Ordinal);
        Assert.Contains("New messages that wait for a person (4 wait in all): 3\r\n", sent[1], StringComparison.Ordinal);
        Assert.Contains($"  {Installation.AgentAddress}: 2", sent[1], StringComparison.Ordinal);
        var robots = sent[1].Split("\r\n").Single(l => l.StartsWith($"  {RelayHouse.Robot}: 1 (", StringComparison.Ordinal));
        Assert.Contains("external", robots, StringComparison.Ordinal);
        Assert.Equal(["summary pending:3 accepted", "summary pending:1 accepted"], await there.LeavesAsync("notice.sent"));
        there.House.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await there.RunAsync());
    }

    [Fact]
    public async Task A_notice_has_links_and_no_text_subject_or_address_of_others()
    {
        await using var there = await NoticeHouse.BuildAsync();
        var id = await there.There.SendAsync(RelayHouse.Mail(Secret) with { Subject = "Takeover of Initech", Text = "The price is 12 million.", Cc = ["cc@elsewhere.test"], Intent = "Close the deal" });
        await there.RunAsync();
        var (envelope, bytes) = Assert.Single(there.There.Relay.Seen);
        var text = System.Text.Encoding.ASCII.GetString(bytes);

        foreach (var word in (string[])["foreign.test", "secret.person", "elsewhere.test", "Initech", "Takeover", "million", "Close the deal", "They are"])
        {
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(("notices@example.org", NoticeHouse.Ann), (envelope.ReturnPath, Assert.Single(envelope.Recipients)));
        Assert.Contains($"http://127.0.0.1:8484/pending/{id}  until 2026-11-27 09:00 UTC\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nAuto-Submitted: auto-generated\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("token", text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(FrozenForm.Faults(bytes));
        var read = MessageReader.Read(bytes);
        Assert.Empty(read.Defects);
        Assert.Equal((NoticeHouse.Ann, "notices@example.org"), (read.To[0].AddrSpec, read.From!.AddrSpec));
    }

    [Fact]
    public async Task A_notice_of_an_own_domain_is_signed_for_it()
    {
        await using var there = await NoticeHouse.BuildAsync();
        await there.There.SendAsync(Secret);
        await there.RunAsync();
        var record = Assert.Single(await there.House.Node.SigningKeys.DnsRecordsOfAsync(there.House.Person.Account, "example.org", NoticeHouse.Token));
        var verdict = Assert.Single(await DkimVerifier.VerifyAsync(there.There.Relay.Seen[0].Bytes, ZoneResolver.Of($"{record.Name} TXT {record.Value}"), there.House.Clock, NoticeHouse.Token));
        Assert.Equal(AuthResult.Pass, verdict.Result);
        Assert.Contains("auto-submitted", verdict.SignedHeaders);
    }

    [Fact]
    public async Task What_was_decided_before_it_leaves_is_not_told()
    {
        await using var there = await NoticeHouse.BuildAsync();
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address);
        var first = await there.There.SendAsync(Secret);
        Assert.Equal(["summary Later deferred"], await there.RunAsync());
        var second = await there.There.SendAsync("b@foreign.test");
        await there.House.Node.Decisions.RejectAsync(there.House.Person, new DecisionRequest(first, null, "No."), NoticeHouse.Token);
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Accepted(address);
        there.House.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(["summary Sent"], await there.RunAsync());
        var text = there.SentTo(NoticeHouse.Ann)[^1];
        Assert.DoesNotContain(first, text, StringComparison.Ordinal);
        Assert.Contains(second, text, StringComparison.Ordinal);
        Assert.Contains("(1 wait in all): 1", text, StringComparison.Ordinal);

        await there.House.Node.Decisions.RejectAsync(there.House.Person, new DecisionRequest(second, null, "No."), NoticeHouse.Token);
        var third = await there.There.SendAsync("c@foreign.test");
        Assert.Empty(await there.RunAsync());
        await there.House.Node.Decisions.RejectAsync(there.House.Person, new DecisionRequest(third, null, "No."), NoticeHouse.Token);
        there.House.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["summary NothingToTell"], await there.RunAsync());
        Assert.Equal(2, there.SentTo(NoticeHouse.Ann).Count);
    }

    [Fact]
    public async Task Monitored_sends_demotions_and_requests_are_told_and_autonomous_ones_are_not()
    {
        await using var there = await NoticeHouse.BuildAsync("monitored");
        await RelayHouse.MakeMailboxAsync(there.House, "free@example.org", "autonomous");
        await there.RunAsync();
        await there.There.SendAsync(Secret);
        await there.There.SendAsync(RelayHouse.Mail(Secret) with { From = "free@example.org" });
        var request = await there.House.AskModeAsync();
        var made = await there.House.Node.Keys.CreateAsync(there.House.Person, new ApiKeys.NewKey { Name = "leaky", Scopes = ["send", "read"], Mailboxes = ["free@example.org"] }, NoticeHouse.Token);
        await there.House.Node.Keys.RevokeAsync(there.House.Person, made.Id, NoticeHouse.Token, leaked: true);
        await there.RunAsync();

        var text = Assert.Single(there.SentTo(NoticeHouse.Ann));
        Assert.Contains("Messages sent without waiting, as the mode monitored allows: 1\r\n  robot@example.org: 1", text, StringComparison.Ordinal);
        Assert.Contains("  free@example.org: key_leak\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"/requests/{request.RequestId}  until ", text, StringComparison.Ordinal);
        Assert.Equal(["summary requests:1,demoted:1,monitored:1 accepted"], await there.LeavesAsync("notice.sent"));
    }

    [Fact]
    public async Task Mail_of_test_keys_is_not_told()
    {
        await using var there = await NoticeHouse.BuildAsync();
        var (key, _) = await there.House.KeyAsync("send,read", "test");
        Assert.Equal("pending", (await there.House.SendAsync(RelayHouse.Mail(Secret), key)).Status);
        Assert.Empty(await there.RunAsync());
        there.House.Clock.Advance(TimeSpan.FromHours(40));
        Assert.Empty(await there.RunAsync());
    }

    [Fact]
    public async Task Not_more_than_ten_links()
    {
        await using var there = await NoticeHouse.BuildAsync();
        for (var i = 0; i < 12; i++)
        {
            await there.House.SendAsync(Steps.Letter($"Number {i}"));
        }

        await there.RunAsync();
        var text = Assert.Single(there.SentTo(NoticeHouse.Ann));
        Assert.Equal(10, text.Split("/pending/").Length - 1);
        Assert.Contains(": 12\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_the_time_over_is_told_once_and_to_another_person_if_there_is_one()
    {
        await using var there = await NoticeHouse.BuildAsync();
        await there.House.Node.People.AddAsync(there.House.Person, "second@example.net", "correct horse battery", NoticeHouse.Token);
        var id = await there.There.SendAsync(Secret);
        var decided = await there.There.SendAsync("b@foreign.test");
        await there.RunAsync();
        await there.House.ApproveAsync(decided);
        there.House.Clock.Advance(TimeSpan.FromHours(36) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await there.RunAsync());
        there.House.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["escalation Sent"], await there.RunAsync());

        var text = Assert.Single(there.SentTo("second@example.net"));
        Assert.Contains($"/pending/{id}  until 2026-11-27 09:00 UTC", text, StringComparison.Ordinal);
        Assert.DoesNotContain(decided, text, StringComparison.Ordinal);
        Assert.Single(await there.LeavesAsync("approval.escalated"));
        there.House.Clock.Advance(TimeSpan.FromHours(30));
        Assert.Empty(await there.RunAsync());
        Assert.Single(await there.LeavesAsync("approval.escalated"));
        Assert.Single(there.SentTo(NoticeHouse.Ann));
    }

    [Fact]
    public async Task Without_another_person_the_notify_address_is_told_again()
    {
        await using var there = await NoticeHouse.BuildAsync();
        await there.There.SendAsync(Secret);
        await there.RunAsync();
        there.House.Clock.Advance(TimeSpan.FromHours(36));
        Assert.Equal(["escalation Sent"], await there.RunAsync());
        Assert.Contains("Subject: MultiMail: a message has waited for half of its time\r\n", there.SentTo(NoticeHouse.Ann)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_told_and_nothing_escalates_without_an_address()
    {
        await using var there = new NoticeHouse(await RelayHouse.BuildAsync("gated_send"));
        await there.There.SendAsync(Secret);
        there.House.Clock.Advance(TimeSpan.FromHours(40));
        Assert.Empty(await there.RunAsync());
        Assert.Empty(await there.LeavesAsync("approval.escalated"));
        Assert.Null(await there.House.Node.Notices.NextDueAsync(NoticeHouse.Token));
    }
}
