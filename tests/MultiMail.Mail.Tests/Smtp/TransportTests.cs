using System.Globalization;
using System.Text;

namespace MultiMail.Mail.Tests.Smtp;

/// <summary>A good relay: what arrives there, and over how many connections.</summary>
public sealed class TransportTests
{
    internal static readonly byte[] Hello = "Subject: Hello\r\n\r\nHello.\r\n"u8.ToArray();

    internal static MailEnvelope To(params string[] recipients) => new("ada@agents.example", recipients, "msg-1");

    internal static Task<TransportResult> SendAsync(MailKitTransport transport, RelayEndpoint relay, params string[] recipients) =>
        transport.SendAsync(relay, To(recipients), Hello, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_hundred_odd_messages_arrive_byte_for_byte()
    {
        await using var relay = new ScriptedRelay();
        await using var transport = new MailKitTransport(TimeProvider.System);
        var sent = OddMessages.Make(100);
        foreach (var message in sent)
        {
            var result = await transport.SendAsync(relay.Clear, To("bo@example.org"), message, TestContext.Current.CancellationToken);
            Assert.Equal(ReplyClass.Accepted, Assert.Single(result.Recipients).Class);
        }

        Assert.Equal(sent.Select(Encoding.ASCII.GetString), relay.Mails.Select(Encoding.ASCII.GetString));
    }

    [Theory]
    [InlineData("PIPELINING")]
    [InlineData("8BITMIME")]
    public async Task Each_recipient_has_its_own_answer(string offer)
    {
        await using var relay = new ScriptedRelay
        {
            Offers = { offer },
            Script = line => line switch
            {
                "RCPT TO:<two@example.org>" => Act.Reply("550 5.1.1 nobody of that name"),
                "RCPT TO:<three@example.org>" => Act.Reply("450 4.2.1 busy"),
                "RCPT TO:<four@example.org>" => Act.Reply("552 5.5.3 too many"),
                "RCPT TO:<five@example.org>" => Act.Reply("550-first line\r\n550 second line"),
                _ => null,
            },
        };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await SendAsync(transport, relay.Clear, "one@example.org", "two@example.org", "three@example.org", "four@example.org", "five@example.org");
        Assert.Equal(
            [
                new("one@example.org", ReplyClass.Accepted, "2.0.0", "250 2.0.0 queued as 4711"),
                new("two@example.org", ReplyClass.Refused, "5.1.1", "550 5.1.1 nobody of that name"),
                new("three@example.org", ReplyClass.Deferred, "4.2.1", "450 4.2.1 busy"),
                new("four@example.org", ReplyClass.Deferred, "4.5.3", "552 5.5.3 too many"),
                new("five@example.org", ReplyClass.Refused, "5.0.0", "550 first line second line"),
            ],
            result.Recipients);
        Assert.Equal(TransportTrouble.None, result.Trouble);
        Assert.Single(relay.Mails);
    }

    [Fact]
    public async Task All_refused_sends_no_message_and_keeps_the_connection()
    {
        await using var relay = new ScriptedRelay { Script = line => line.Contains("<no", StringComparison.Ordinal) ? Act.Reply("550 5.1.1 no") : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var refused = await SendAsync(transport, relay.Clear, "no1@example.org", "no2@example.org");
        Assert.All(refused.Recipients, r => Assert.Equal((ReplyClass.Refused, "5.1.1"), (r.Class, r.Code)));
        await SendAsync(transport, relay.Clear, "bo@example.org");
        Assert.Equal(1, relay.Connections);
        Assert.Single(relay.Mails);
    }

    [Fact]
    public async Task Connection_carries_a_hundred_mails_and_no_more()
    {
        await using var relay = new ScriptedRelay();
        await using var transport = new MailKitTransport(TimeProvider.System);
        for (var i = 0; i < 101; i++)
        {
            await SendAsync(transport, relay.Clear, "bo@example.org");
        }

        Assert.Equal(2, relay.Connections);
        Assert.Equal(101, relay.Mails.Count);
        Assert.Equal(1, relay.Count("QUIT"));
    }

    [Fact]
    public async Task No_more_than_the_allowed_connections_are_open()
    {
        await using var relay = new ScriptedRelay();
        await using (var transport = new MailKitTransport(TimeProvider.System, new TransportOptions { ConnectionsPerRelay = 2 }))
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SendAsync(transport, relay.Clear, "bo@example.org")));
            Assert.All(all, r => Assert.Equal(ReplyClass.Accepted, r.Recipients[0].Class));
        }

        Assert.InRange(relay.Connections, 1, 2);
        Assert.Equal(relay.Connections, relay.Count("QUIT"));
    }

    [Fact]
    public async Task Connection_that_closed_meanwhile_is_replaced_before_MAIL()
    {
        var mails = 0;
        await using var relay = new ScriptedRelay { Script = line => line == ScriptedRelay.FinalDot && ++mails == 1 ? new Act("250 2.0.0 ok\r\n", Close: true) : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ReplyClass.Accepted, (await SendAsync(transport, relay.Clear, "bo@example.org")).Recipients[0].Class);
        }

        Assert.Equal(2, relay.Connections);
        Assert.Equal(3, relay.Mails.Count);
    }

    [Theory]
    [InlineData("421 4.4.2 idle too long\r\n")]
    [InlineData("")]
    public async Task Kept_connection_that_ends_at_MAIL_is_replaced(string lastWords)
    {
        var senders = 0;
        await using var relay = new ScriptedRelay
        {
            Script = line => line.StartsWith("MAIL", StringComparison.Ordinal) && ++senders == 2 ? new Act(lastWords, Close: true) : null,
        };
        await using var transport = new MailKitTransport(TimeProvider.System);
        await SendAsync(transport, relay.Clear, "bo@example.org");
        var again = await SendAsync(transport, relay.Clear, "bo@example.org");
        Assert.Equal(ReplyClass.Accepted, again.Recipients[0].Class);
        Assert.Equal(2, relay.Connections);
        Assert.Equal(2, relay.Mails.Count);
    }

    [Fact]
    public async Task Kept_connection_is_asked_whether_it_lives_and_a_silent_one_is_replaced()
    {
        await using var relay = new ScriptedRelay { Script = line => line == "NOOP" ? new Act(string.Empty, Stall: true) : null };
        await using var transport = new MailKitTransport(TimeProvider.System, new TransportOptions { ReplyWithin = TimeSpan.FromSeconds(1), ProbeAfter = TimeSpan.Zero });
        await SendAsync(transport, relay.Clear, "bo@example.org");
        var again = await SendAsync(transport, relay.Clear, "bo@example.org");
        Assert.Equal(ReplyClass.Accepted, again.Recipients[0].Class);
        Assert.Equal((2, 2, 2), (relay.Connections, relay.Count("MAIL"), relay.Mails.Count));
    }

    [Fact]
    public async Task Notices_are_asked_for_where_the_relay_offers_them()
    {
        await using var relay = new ScriptedRelay { Offers = { "DSN" } };
        await using var transport = new MailKitTransport(TimeProvider.System);
        await transport.SendAsync(relay.Clear, new("ada@agents.example", ["bo+x@example.org"], "msg=1+a"), Hello, TestContext.Current.CancellationToken);
        await transport.SendAsync(relay.Clear, new(string.Empty, ["bo@example.org"]), Hello, TestContext.Current.CancellationToken);
        Assert.Contains("MAIL FROM:<ada@agents.example> ENVID=msg+3D1+2Ba RET=HDRS", relay.Lines);
        Assert.Contains("RCPT TO:<bo+x@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;bo+2Bx@example.org", relay.Lines);
        Assert.Contains("MAIL FROM:<> RET=HDRS", relay.Lines);
        Assert.Contains("RCPT TO:<bo@example.org>", relay.Lines);
    }

    [Fact]
    public async Task Relay_without_extensions_gets_the_plain_commands()
    {
        await using var relay = new ScriptedRelay { Offers = [] };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await SendAsync(transport, relay.Clear, "bo@example.org");
        Assert.Equal(ReplyClass.Accepted, result.Recipients[0].Class);
        Assert.Equal(["MAIL FROM:<ada@agents.example>", "RCPT TO:<bo@example.org>", "DATA", "."], relay.Lines.Skip(1));
    }

    [Fact]
    public async Task International_domain_goes_out_as_it_was_approved()
    {
        await using var relay = new ScriptedRelay();
        await using var transport = new MailKitTransport(TimeProvider.System);
        await SendAsync(transport, relay.Clear, "bo@xn--bcher-kva.example");
        Assert.Contains("RCPT TO:<bo@xn--bcher-kva.example>", relay.Lines);
        Assert.DoesNotContain(relay.Lines, l => l.Contains("SMTPUTF8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unused_connection_is_closed_with_a_farewell()
    {
        await using var relay = new ScriptedRelay();
        await using var transport = new MailKitTransport(TimeProvider.System, new TransportOptions { IdleAtMost = TimeSpan.FromMilliseconds(50) });
        await SendAsync(transport, relay.Clear, "bo@example.org");
        await relay.ReachedAsync("QUIT");
        Assert.Equal(ReplyClass.Accepted, (await SendAsync(transport, relay.Clear, "bo@example.org")).Recipients[0].Class);
        Assert.Equal(2, relay.Connections);
    }

    [Fact]
    public void Addresses_of_both_families_are_tried_in_turn() => Assert.Equal(
        ["::1", "192.0.2.1", "::2", "192.0.2.2", "192.0.2.3"],
        RelayConnector.Order([.. new[] { "::1", "::2", "192.0.2.1", "192.0.2.2", "192.0.2.3" }.Select(System.Net.IPAddress.Parse)]).Select(a => a.ToString()));

    [Fact]
    public async Task Message_over_the_relays_SIZE_is_not_tried()
    {
        await using var relay = new ScriptedRelay { Offers = { string.Create(CultureInfo.InvariantCulture, $"SIZE {Hello.Length - 1}") } };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await SendAsync(transport, relay.Clear, "bo@example.org");
        Assert.Equal((TransportTrouble.NotSupported, ReplyClass.Refused, "5.3.4"), (result.Trouble, result.Recipients[0].Class, result.Recipients[0].Code));
        Assert.Equal(0, relay.Count("MAIL"));
    }

    [Fact]
    public async Task Size_is_told_where_the_relay_asks()
    {
        await using var relay = new ScriptedRelay { Offers = { "SIZE 1000" } };
        await using var transport = new MailKitTransport(TimeProvider.System);
        await SendAsync(transport, relay.Clear, "bo@example.org");
        Assert.Contains($"MAIL FROM:<ada@agents.example> SIZE={Hello.Length}", relay.Lines);
    }

    [Theory]
    [InlineData("bare\nline feed\r\n")]
    [InlineData("Subject: no end")]
    [InlineData("Subject: ü\r\n\r\n")]
    [InlineData("no header\r\n")]
    [InlineData("")]
    public async Task What_is_not_frozen_is_refused_before_any_connection(string message)
    {
        await using var relay = new ScriptedRelay();
        await using var transport = new MailKitTransport(TimeProvider.System);
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(relay.Clear, To("bo@example.org"), Encoding.UTF8.GetBytes(message), default));
        Assert.Equal(0, relay.Connections);
    }

    [Theory]
    [InlineData("bo@example.org>\r\nRCPT TO:<x@evil.example")]
    [InlineData("\"bo\r\nx\"@example.org")]
    [InlineData("b\u00fc@example.org")]
    [InlineData("bo\u2028@example.org")]
    [InlineData("Bo <bo@example.org>")]
    [InlineData("bo")]
    public async Task Address_that_is_more_than_an_address_is_refused_before_any_connection(string recipient)
    {
        await using var relay = new ScriptedRelay();
        await using var transport = new MailKitTransport(TimeProvider.System);
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(transport, relay.Clear, recipient));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(relay.Clear, new(recipient, ["bo@example.org"]), Hello, default));
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(transport, relay.Clear, "bo@example.org", "BO@example.org"));
        Assert.Equal(0, relay.Connections);
    }
}
