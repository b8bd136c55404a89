using MultiMail.Mail;
using MultiMail.Testing;
using System.Net;
using System.Text;

namespace MultiMail.Core.Tests.Delivery;

/// <summary>Reports that come back: those that speak of our mail count, and no more than they may.</summary>
public sealed class BounceReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bounce_to_the_return_path_bounces_the_delivered_message_once_and_suppresses_the_address()
    {
        await using var there = await RelayHouse.BuildAsync();
        var id = await SentAsync(there, "ann@example.net");
        await ArriveAsync(there, Bounce("ann@example.net"), to: $"robot+b-{id}@example.org");
        await ArriveAsync(there, Bounce("ann@example.net", words: "again"), to: $"ROBOT+B-{id.ToLowerInvariant()}@example.org");

        var status = await there.StatusAsync(id);
        Assert.Equal(("bounced", "bounced", "5.1.1"), (status.Status, status.Recipients[0].Status, status.Recipients[0].Code));
        Assert.Equal(["send.released", "delivery.attempted", "delivery.accepted", "delivery.bounced", "suppression.added"], RelayHouse.Leaves(status));
        Assert.Single(await there.House.Store.EventsAsync(there.House.Person.Account, "email.bounced", 10, Token));
        Assert.Equal(("ann@example.net", "hard_bounce", id), await OneSuppressionAsync(there));
        Assert.Equal(2, (await there.House.ListAsync(RelayHouse.Robot)).Messages.Count);
    }

    [Theory]
    [InlineData("5.7.1")]
    [InlineData("5.2.2")]
    public async Task Policy_and_full_mailboxes_bounce_and_suppress_nobody(string code)
    {
        await using var there = await RelayHouse.BuildAsync();
        var id = await SentAsync(there, "ann@example.net");
        await ArriveAsync(there, Bounce("ann@example.net", code), to: $"robot+b-{id}@example.org");

        Assert.Equal("bounced", (await there.StatusAsync(id)).Status);
        Assert.Null(await OneSuppressionAsync(there));
    }

    [Fact]
    public async Task A_forged_bounce_suppresses_nobody_who_was_no_recipient_and_bounces_nobody_it_does_not_name()
    {
        await using var there = await RelayHouse.BuildAsync();
        var id = await SentAsync(there, "ann@example.net", "bob@example.com");
        await ArriveAsync(there, Bounce("victim@example.edu", original: $"{id}@example.org"), to: RelayHouse.Robot, from: "mallory@evil.test");
        await ArriveAsync(there, Bounce("victim@example.edu"), to: $"robot+b-{id}@example.org");

        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Null(await OneSuppressionAsync(there));
    }

    [Fact]
    public async Task A_stranger_who_has_the_message_may_bounce_it_once_and_suppress_nobody()
    {
        await using var there = await RelayHouse.BuildAsync();
        var id = await SentAsync(there, "ann@example.net");
        for (var i = 0; i < 3; i++)
        {
            await ArriveAsync(there, Bounce("ann@example.net", original: $"{id}@example.org", words: $"{i}"), to: RelayHouse.Robot, from: "mallory@evil.test");
        }

        Assert.Equal(["send.released", "delivery.attempted", "delivery.accepted", "delivery.bounced"], RelayHouse.Leaves(await there.StatusAsync(id)));
        Assert.Null(await OneSuppressionAsync(there));
    }

    [Theory]
    [InlineData("msg_00000000000000000000000000@example.org")]
    [InlineData("other@example.org")]
    public async Task A_report_that_names_none_of_our_ids_changes_nothing(string original)
    {
        await using var there = await RelayHouse.BuildAsync();
        var id = await SentAsync(there, "ann@example.net");
        await ArriveAsync(there, Bounce("ann@example.net", original: original), to: RelayHouse.Robot, from: string.Empty);

        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Null(await OneSuppressionAsync(there));
    }

    [Fact]
    public async Task A_report_in_another_mailbox_speaks_for_nothing_here()
    {
        await using var there = await RelayHouse.BuildAsync();
        await RelayHouse.MakeMailboxAsync(there.House, "second@example.org", "autonomous");
        var id = await SentAsync(there, "ann@example.net");
        await ArriveAsync(there, Bounce("ann@example.net", original: $"{id}@example.org"), to: "second@example.org", from: string.Empty);
        await ArriveAsync(there, Bounce("ann@example.net"), to: $"second+b-{id}@example.org");

        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
    }

    [Fact]
    public async Task A_complaint_is_told_once_and_suppresses_who_complained()
    {
        await using var there = await RelayHouse.BuildAsync(dns: ZoneResolver.Of("example.com TXT v=spf1 ip4:192.0.2.7 -all"));
        var id = await SentAsync(there, "ann@example.net", "bob@example.com");
        await ArriveAsync(there, Complaint(id, "bob@example.com"), to: RelayHouse.Robot, from: "fbl@example.com");
        await ArriveAsync(there, Complaint(id, "bob@example.com") + "again\r\n", to: RelayHouse.Robot, from: "fbl@example.com");
        await ArriveAsync(there, Complaint(id, "victim@example.edu"), to: RelayHouse.Robot, from: "mallory@evil.test");

        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Equal(("bob@example.com", "complaint", id), await OneSuppressionAsync(there));
        Assert.Single(await there.House.Store.EventsAsync(there.House.Person.Account, "email.complained", 10, Token));
    }

    [Fact]
    public async Task An_answer_from_who_was_written_to_explains_a_lost_one()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => ScriptedRelay.Lost(address);
        var id = await SentAsync(there, "ann@example.net");
        await ArriveAsync(there, Letter($"In-Reply-To: <{id}@example.org>"), to: RelayHouse.Robot, from: "ann@example.net");
        await there.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Single(there.Relay.Seen);
        Assert.Equal(["send.released", "delivery.attempted", "delivery.unknown", "delivery.accepted"], RelayHouse.Leaves(await there.StatusAsync(id)));
    }

    [Fact]
    public async Task An_answer_from_one_who_got_it_before_explains_nothing_about_another()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => address[0] == 'a' ? ScriptedRelay.Accepted(address) : number == 1 ? ScriptedRelay.Deferred(address) : number == 2 ? ScriptedRelay.Lost(address) : ScriptedRelay.Accepted(address);
        var id = await SentAsync(there, "ann@example.net", "bob@example.com");
        await there.PassAsync(TimeSpan.FromMinutes(6));
        await ArriveAsync(there, Letter($"In-Reply-To: <{id}@example.org>"), to: RelayHouse.Robot, from: "ann@example.net");
        Assert.Equal("unknown", (await there.StatusAsync(id)).Recipients[1].Status);
        await there.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal((3, "delivered"), (there.Relay.Seen.Count, (await there.StatusAsync(id)).Status));
    }

    [Fact]
    public async Task A_bounce_explains_a_lost_answer_too()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => ScriptedRelay.Lost(address);
        var id = await SentAsync(there, "ann@example.net");
        await ArriveAsync(there, Bounce("ann@example.net"), to: $"robot+b-{id}@example.org");
        await there.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(("bounced", 1), ((await there.StatusAsync(id)).Status, there.Relay.Seen.Count));
        Assert.Null(await there.House.Store.NextDueAsync(Token));
    }

    private static async Task<string> SentAsync(RelayHouse there, params string[] to)
    {
        var id = await there.SendAsync(to);
        await there.House.DeliverAsync();
        return id;
    }

    private static async Task ArriveAsync(RelayHouse there, string raw, string to, string from = "")
    {
        var envelope = new InboundEnvelope(IPAddress.Parse("192.0.2.7"), "mx.example.net", from, [to], Tls: true);
        var accepted = await there.House.Node.SmtpDoor.AcceptAsync(envelope, Encoding.ASCII.GetBytes(raw), Token);
        if (accepted.Outcome is not AcceptOutcome.Accepted)
        {
            Assert.Fail($"{to}: {accepted.Outcome}");
        }
    }

    private static async Task<(string?, string, string?)?> OneSuppressionAsync(RelayHouse there)
    {
        var all = (await there.House.Node.Suppressions.ListAsync(there.House.Person, new(), Token)).Suppressions;
        return all.Count == 0 ? null : Assert.Single(all) is { } one ? (one.Address, one.Reason, one.MessageId) : null;
    }

    private static string Letter(string field) => $"From: Ann <ann@example.net>\r\nTo: {RelayHouse.Robot}\r\nSubject: Re: Hello\r\n{field}\r\n\r\nThanks.\r\n";

    private static string Bounce(string recipient, string code = "5.1.1", string? original = null, string words = "no such user") =>
        $"From: MAILER-DAEMON@example.net\r\nTo: {RelayHouse.Robot}\r\nSubject: failure {words}\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n" +
        $"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {code}\r\n" +
        $"Diagnostic-Code: smtp; 550 {code} {words}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n" +
        (original is null ? "Subject: x\r\n" : $"Message-ID: <{original}>\r\n") + "\r\n--b--\r\n";

    private static string Complaint(string id, string recipient) =>
        $"From: fbl@example.com\r\nTo: {RelayHouse.Robot}\r\nSubject: abuse\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAbuse.\r\n" +
        $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <{recipient}>\r\n\r\n" +
        $"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{id}@example.org>\r\nFrom: robot@example.org\r\nSubject: Hello\r\n\r\nThey are fine.\r\n\r\n--b--\r\n";
}
