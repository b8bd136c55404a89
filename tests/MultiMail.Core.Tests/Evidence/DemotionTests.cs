using System.Net;
using System.Text;
using MultiMail.Core.Evidence;
using MultiMail.Core.Node;
using MultiMail.Core.Suppression.Reputation;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Evidence;

public sealed class DemotionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("monitored")]
    [InlineData("autonomous")]
    public async Task Too_many_bounces_take_the_freedom_back_in_the_unit_of_the_last_one(string mode)
    {
        await using var there = await RelayHouse.BuildAsync(mode);
        there.Relay.Answer = (address, _) => address[0] == 'b' ? ScriptedRelay.Refused(address, "5.1.1") : ScriptedRelay.Accepted(address);
        await SendAsync(there, 49, "ok");
        await SendAsync(there, 2, "bad");
        Assert.Equal(mode, await ModeAsync(there));
        await SendAsync(there, 1, "bad-at-last");

        Assert.Equal("gated_send", await ModeAsync(there));
        Assert.Equal("pending", (await there.House.SendAsync(RelayHouse.Mail("ann@example.net"), there.Sender)).Status);
        var leaves = await LeavesAsync(there.House);
        var demoted = leaves.FindIndex(l => l.Event == "mode.demoted");
        Assert.Equal(("suppression.added", "bounces", "gated_send", "system"), (leaves[demoted - 1].Event, leaves[demoted].Reason, leaves[demoted].Mode, leaves[demoted].Actor));
        Assert.Equal(2, (await there.House.Store.EventsAsync(there.House.Person.Account, "mailbox.mode_changed", 10, Token)).Count);
        var evidence = await EvidenceAsync(there);
        Assert.Equal(("bounces", there.House.Clock.GetUtcNow()), (evidence.DemotedFor, evidence.DemotedAt));
    }

    [Fact]
    public async Task Five_percent_is_not_more_than_five_percent()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => address[0] == 'b' ? ScriptedRelay.Refused(address, "5.1.1") : ScriptedRelay.Accepted(address);
        await SendAsync(there, 57, "ok");
        await SendAsync(there, 3, "bad");

        Assert.Equal("autonomous", await ModeAsync(there));
        Assert.Equal((60, 3), ((await EvidenceAsync(there)).Sent, (await EvidenceAsync(there)).Bounced));
    }

    [Fact]
    public async Task A_relay_of_ours_that_is_dead_for_days_costs_no_freedom()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Trouble = TransportTrouble.Unreachable;
        there.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address);
        var ids = await SendAsync(there, 4, "ok");
        await there.PassAsync(TimeSpan.FromDays(7));

        foreach (var id in ids)
        {
            Assert.Equal("bounced", (await there.StatusAsync(id)).Status);
        }

        Assert.Equal("autonomous", await ModeAsync(there));
    }

    [Fact]
    public async Task Late_bounces_count_too()
    {
        await using var there = await RelayHouse.BuildAsync();
        var ids = await SendAsync(there, 5, "ok");
        foreach (var id in ids.Take(3))
        {
            await ArriveAsync(there, Bounce($"ok{ids.IndexOf(id)}@example.net"), $"robot+b-{id}@example.org", string.Empty);
        }

        Assert.Equal("gated_send", await ModeAsync(there));
    }

    [Fact]
    public async Task A_spike_of_complaints_takes_the_freedom_back_and_one_complaint_does_not()
    {
        await using var there = await RelayHouse.BuildAsync(dns: ZoneResolver.Of("example.net TXT v=spf1 ip4:192.0.2.7 -all"));
        var ids = await SendAsync(there, 3, "ok");
        await ArriveAsync(there, Complaint(ids[0], "ok0@example.net"), RelayHouse.Robot, "fbl@example.net");
        Assert.Equal("autonomous", await ModeAsync(there));
        await ArriveAsync(there, Complaint(ids[0], "ok0@example.net") + "again\r\n", RelayHouse.Robot, "fbl@example.net");
        Assert.Equal(("autonomous", 1), (await ModeAsync(there), (await EvidenceAsync(there)).Complained));
        await ArriveAsync(there, Complaint(ids[1], "ok1@example.net"), RelayHouse.Robot, "fbl@example.net");

        Assert.Equal("gated_send", await ModeAsync(there));
        Assert.Contains(await LeavesAsync(there.House), l => l is { Event: "mode.demoted", Reason: "complaint_spike" });
        await there.House.Node.Suppressions.LiftAsync(there.House.Person with { Channel = "dashboard" }, "ok0@example.net", "He signed up again on 2 November.", Token);
        Assert.Equal(2, (await EvidenceAsync(there)).Complained); // lifting a suppression unsays no complaint
    }

    [Theory]
    [InlineData(2, 667, false)]
    [InlineData(2, 666, true)]
    [InlineData(3, 1_000, true)]
    [InlineData(1, 1, false)]
    public void The_spike_begins_at_three_in_a_thousand_and_two(int complaints, int sent, bool spike) =>
        Assert.Equal(spike, DemotionRule.ComplaintSpike(new SentCounts(sent, 0, complaints)));

    [Theory]
    [InlineData(3, 60, false)]
    [InlineData(3, 59, true)]
    [InlineData(50, 1_000, false)]
    [InlineData(51, 1_000, true)]
    [InlineData(2, 2, false)]
    public void Bounces_are_too_many_above_five_in_a_hundred_and_from_three_on(int bounced, int sent, bool tooMany) =>
        Assert.Equal(tooMany, DemotionRule.BouncesTooMuch(new SentCounts(sent, bounced, 0)));

    [Fact]
    public async Task A_leaked_key_takes_the_freedom_of_the_mailboxes_it_sends_from_and_no_other()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.SetModeAsync(Installation.PersonAddress, "monitored");
        var (narrow, _) = await house.KeyAsync("send", "live", Installation.AgentAddress);
        await house.Node.Keys.RevokeAsync(house.Person, narrow.PublicId, Token, leaked: true);
        Assert.Equal(("gated_send", "monitored"), (await ModeAsync(house, Installation.AgentAddress), await ModeAsync(house, Installation.PersonAddress)));

        var (wide, _) = await house.KeyAsync("send");
        await house.Node.Keys.RevokeAsync(house.Person, wide.PublicId, Token, leaked: true);
        Assert.Equal("gated_send", await ModeAsync(house, Installation.PersonAddress));
        var leaves = await LeavesAsync(house);
        Assert.Equal(2, leaves.Count(l => l is { Event: "mode.demoted", Reason: "key_leak" }));
        Assert.Equal(2, leaves.Count(l => l is { Event: "key.revoked", Reason: "key_leak" }));
    }

    [Theory]
    [InlineData("read", "live")]
    [InlineData("oversight", "live")]
    [InlineData("send", "test")]
    public async Task A_leaked_key_that_sends_nothing_costs_no_freedom(string scopes, string env)
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var (key, _) = await house.KeyAsync(scopes, env);
        await house.Node.Keys.RevokeAsync(house.Person, key.PublicId, Token, leaked: true);

        Assert.Equal("autonomous", await ModeAsync(house, Installation.AgentAddress));
    }

    [Fact]
    public async Task That_a_key_leaked_may_be_learned_after_it_was_revoked()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var (key, _) = await house.KeyAsync("send");
        await house.Node.Keys.RevokeAsync(house.Person, key.PublicId, Token);
        Assert.Equal("autonomous", await ModeAsync(house, Installation.AgentAddress));
        await house.Node.Keys.RevokeAsync(house.Person, key.PublicId, Token, leaked: true);

        Assert.Equal("gated_send", await ModeAsync(house, Installation.AgentAddress));
    }

    [Fact]
    public async Task Approved_mail_of_the_leaked_key_does_not_leave()
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync("send", "live", Installation.AgentAddress);
        var id = (await house.SendAsync(who: key)).MessageId;
        await house.ApproveAsync(id);
        await house.Node.Keys.RevokeAsync(house.Person, key.PublicId, Token, leaked: true);
        await house.DeliverAsync();

        Assert.Equal("failed", await house.StatusAsync(id));
    }

    [Theory]
    [InlineData("gated_send")]
    [InlineData("gated_all")]
    [InlineData("read_only")]
    public async Task Who_has_no_freedom_loses_none(string mode)
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, mode);
        var (key, _) = await house.KeyAsync("send");
        await house.Node.Keys.RevokeAsync(house.Person, key.PublicId, Token, leaked: true);

        Assert.Equal(mode, await ModeAsync(house, Installation.AgentAddress));
        Assert.DoesNotContain(await LeavesAsync(house), l => l.Event == "mode.demoted");
    }

    [Fact]
    public async Task A_person_may_give_it_again()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => ScriptedRelay.Refused(address, "5.1.1");
        await SendAsync(there, 3, "bad");
        Assert.Equal("gated_send", await ModeAsync(there));
        await there.House.SetModeAsync(RelayHouse.Robot, "autonomous");
        Assert.Equal("autonomous", await ModeAsync(there));
        await SendAsync(there, 1, "bad-again"); // nothing has become better
        Assert.Equal("gated_send", await ModeAsync(there));
    }

    private static async Task<List<string>> SendAsync(RelayHouse there, int count, string name)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await there.SendAsync($"{name}{i}@example.net"));
            await there.House.DeliverAsync();
        }

        return ids;
    }

    private static async Task<EvidenceView> EvidenceAsync(RelayHouse there) => await there.House.Node.Evidence.OfAsync(there.House.Person, RelayHouse.Robot, Token);

    private static Task<string> ModeAsync(RelayHouse there) => ModeAsync(there.House, RelayHouse.Robot);

    private static async Task<string> ModeAsync(House house, string mailbox) => (await house.Node.Mailboxes.GetAsync(house.Person, mailbox, Token)).OversightMode;

    private static async Task<List<(string Event, string? Reason, string? Mode, string Actor)>> LeavesAsync(House house) =>
        [.. (await house.Store.LogEntriesAsync(house.Person.Account, 0, 1_000, Token)).Select(e => System.Text.Json.Nodes.JsonNode.Parse(e.Entry)!)
            .Select(n => (n["event"]!.GetValue<string>(), n["reason"]?.GetValue<string>(), n["mode"]?.GetValue<string>(), n["actor"]!["id"]!.GetValue<string>()))];

    private static async Task ArriveAsync(RelayHouse there, string raw, string to, string from)
    {
        var envelope = new InboundEnvelope(IPAddress.Parse("192.0.2.7"), "mx.example.net", from, [to], Tls: true);
        Assert.Equal(AcceptOutcome.Accepted, (await there.House.Node.SmtpDoor.AcceptAsync(envelope, Encoding.ASCII.GetBytes(raw), Token)).Outcome);
    }

    private static string Bounce(string recipient) =>
        $"From: MAILER-DAEMON@example.net\r\nTo: {RelayHouse.Robot}\r\nSubject: failure\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n" +
        $"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";

    private static string Complaint(string id, string recipient) =>
        $"From: fbl@example.net\r\nTo: {RelayHouse.Robot}\r\nSubject: abuse\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAbuse.\r\n" +
        $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <{recipient}>\r\n\r\n" +
        $"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{id}@example.org>\r\nFrom: robot@example.org\r\nSubject: Hello\r\n\r\nThey are fine.\r\n\r\n--b--\r\n";
}
