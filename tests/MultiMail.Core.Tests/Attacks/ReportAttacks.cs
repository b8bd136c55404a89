using System.Net;
using System.Text;
using MultiMail.Core.Delivery;
using MultiMail.Core.Node;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>Mallory got a message together with others, so he knows its ids and its return path, and writes what he likes about the others.</summary>
public sealed class ReportAttacks
{
    private const string Mallory = "mallory@evil.test";
    private const string Bob = "bob@example.com";
    private const string Zone = "example.com TXT v=spf1 ip4:192.0.2.7 -all\nmx.example.com TXT v=spf1 ip4:192.0.2.7 -all\n_dmarc.example.com TXT v=DMARC1; p=none";
    private const string BobsServer = "192.0.2.7";
    private const string MallorysServer = "198.51.100.9";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MallorysServer, 0)]
    [InlineData(BobsServer, 1)]
    public async Task A_bounce_suppresses_one_of_several_only_when_his_own_domain_says_so(string client, int suppressed)
    {
        await using var there = await RelayHouse.BuildAsync(dns: ZoneResolver.Of(Zone));
        var id = await SentAsync(there, Mallory, Bob);
        await ArriveAsync(there, Report("failed", "5.1.1"), $"robot+b-{id}@example.org", string.Empty, client);
        Assert.Equal(suppressed, await SuppressionsAsync(there));
    }

    [Theory]
    [InlineData(MallorysServer, 0)]
    [InlineData(BobsServer, 1)]
    public async Task A_complaint_suppresses_one_of_several_only_when_his_own_domain_says_so(string client, int suppressed)
    {
        await using var there = await RelayHouse.BuildAsync(dns: ZoneResolver.Of(Zone));
        var id = await SentAsync(there, Mallory, Bob);
        await ArriveAsync(there, Complaint(id), RelayHouse.Robot, "fbl@example.com", client);
        Assert.Equal(suppressed, await SuppressionsAsync(there));
    }

    [Theory]
    [InlineData("From: bob@example.com\r\nIn-Reply-To: <{0}@example.org>")]
    [InlineData("From: robot@example.org\r\nMessage-ID: <{0}@example.org>")]
    [InlineData("delayed")]
    [InlineData("failed")]
    public async Task Who_got_it_cannot_end_the_retry_for_one_whose_answer_was_lost(string forged)
    {
        await using var there = await RelayHouse.BuildAsync(dns: ZoneResolver.Of(Zone));
        var id = await BobIsLostAsync(there);
        await ForgeAsync(there, id, forged, MallorysServer);
        Assert.Equal("unknown", (await there.StatusAsync(id)).Recipients[1].Status);
        await there.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal([Bob], there.Relay.Seen[^1].Envelope.Recipients);
        Assert.Equal(3, there.Relay.Seen.Count);
    }

    [Fact]
    public async Task A_bounce_of_who_got_it_before_does_not_make_his_word_count()
    {
        await using var there = await RelayHouse.BuildAsync(dns: ZoneResolver.Of(Zone));
        var id = await BobIsLostAsync(there);
        await ArriveAsync(there, Report("failed", "5.0.0", Mallory), $"robot+b-{id}@example.org", string.Empty, MallorysServer);
        await ForgeAsync(there, id, "From: mallory@evil.test\r\nIn-Reply-To: <{0}@example.org>", MallorysServer);
        Assert.Equal("unknown", (await there.StatusAsync(id)).Recipients[1].Status);
    }

    [Theory]
    [InlineData("From: bob@example.com\r\nIn-Reply-To: <{0}@example.org>", "delivered")]
    [InlineData("delayed", "delivered")]
    [InlineData("failed", "bounced")]
    public async Task His_own_domain_is_believed_about_a_lost_answer(string said, string status)
    {
        await using var there = await RelayHouse.BuildAsync(dns: ZoneResolver.Of(Zone));
        var id = await BobIsLostAsync(there);
        await ForgeAsync(there, id, said, BobsServer);
        Assert.Equal(status, (await there.StatusAsync(id)).Recipients[1].Status);
        await there.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, there.Relay.Seen.Count);
    }

    [Theory]
    [InlineData("5.1.0", 0)]
    [InlineData("5.1.7", 0)]
    [InlineData("5.1.8", 0)]
    [InlineData("5.1.10", 1)]
    public async Task A_relay_that_refuses_the_sender_suppresses_no_recipient(string code, int suppressed)
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => ScriptedRelay.Refused(address, code);
        var id = await SentAsync(there, Bob);
        Assert.Equal("bounced", (await there.StatusAsync(id)).Status);
        Assert.Equal(suppressed, await SuppressionsAsync(there));
    }

    [Fact]
    public async Task What_is_told_of_a_recipient_between_the_look_and_the_attempt_is_not_forgotten()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => address == Bob ? ScriptedRelay.Lost(address) : ScriptedRelay.Deferred(address);
        var id = await SentAsync(there, Mallory, Bob);
        there.House.Clock.Advance(TimeSpan.FromHours(1));
        var core = new CoreContext(there.House.Store, there.House.Node.Options, there.House.Clock);
        var job = Assert.Single(await there.House.Store.WriteAsync(unit => unit.ClaimAsync("me", DeliveryWorker.Lease, 1, ClaimTurn.First), Token));
        var load = await LoadedMessage.ReadAsync(core, job, Token);
        await ArriveAsync(there, Report("failed", "5.1.1"), $"robot+b-{id}@example.org", string.Empty, BobsServer);

        Assert.False(await new AttemptStep(core).RunAsync(job, load!, null, load!.Recipients, Token));
        Assert.Equal(["deferred", "bounced"], (await there.StatusAsync(id)).Recipients.Select(r => r.Status));
        await there.PassAsync(TimeSpan.FromHours(1));
        Assert.All(there.Relay.Seen.Skip(1), seen => Assert.Equal([Mallory], seen.Envelope.Recipients));
        Assert.True(there.Relay.Seen.Count > 1);
    }

    /// <summary>Mallory has it; then the relay's answer about Bob is lost.</summary>
    private static async Task<string> BobIsLostAsync(RelayHouse there)
    {
        there.Relay.Answer = (address, number) => (address == Bob, number) switch
        {
            (true, 1) => ScriptedRelay.Deferred(address),
            (true, 2) => ScriptedRelay.Lost(address),
            _ => ScriptedRelay.Accepted(address),
        };
        var id = await SentAsync(there, Mallory, Bob);
        await there.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("unknown", (await there.StatusAsync(id)).Recipients[1].Status);
        return id;
    }

    private static Task ForgeAsync(RelayHouse there, string id, string forged, string client) => forged.Contains(':', StringComparison.Ordinal)
        ? ArriveAsync(there, $"{forged.Replace("{0}", id, StringComparison.Ordinal)}\r\nTo: {RelayHouse.Robot}\r\nSubject: Re: Hello\r\n\r\nThanks.\r\n", RelayHouse.Robot, "bob@example.com", client)
        : ArriveAsync(there, Report(forged, forged == "failed" ? "5.1.1" : "4.0.0"), $"robot+b-{id}@example.org", string.Empty, client);

    private static async Task<string> SentAsync(RelayHouse there, params string[] to)
    {
        var id = await there.SendAsync(to);
        await there.House.DeliverAsync();
        return id;
    }

    private static async Task<int> SuppressionsAsync(RelayHouse there) =>
        (await there.House.Node.Suppressions.ListAsync(there.House.Person, new(), Token)).Suppressions.Count;

    private static async Task ArriveAsync(RelayHouse there, string raw, string to, string from, string client)
    {
        var envelope = new InboundEnvelope(IPAddress.Parse(client), "mx.example.com", from, [to], Tls: true);
        Assert.Equal(AcceptOutcome.Accepted, (await there.House.Node.SmtpDoor.AcceptAsync(envelope, Encoding.ASCII.GetBytes(raw), Token)).Outcome);
    }

    private static string Report(string action, string code, string recipient = Bob) =>
        $"From: MAILER-DAEMON@example.com\r\nTo: {RelayHouse.Robot}\r\nSubject: {action}\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n" +
        $"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {code}\r\n\r\n--b--\r\n";

    private static string Complaint(string id) =>
        $"From: fbl@example.com\r\nTo: {RelayHouse.Robot}\r\nSubject: abuse\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAbuse.\r\n" +
        $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <{Bob}>\r\n\r\n" +
        $"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{id}@example.org>\r\nFrom: robot@example.org\r\nSubject: Hello\r\n\r\nThey are fine.\r\n\r\n--b--\r\n";
}
