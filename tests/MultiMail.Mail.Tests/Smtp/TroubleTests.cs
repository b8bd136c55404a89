using Microsoft.Extensions.Time.Testing;

namespace MultiMail.Mail.Tests.Smtp;

/// <summary>Every step of a transaction, and every way in which it can go wrong: each recipient ends in one class, exactly once.</summary>
public sealed class TroubleTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    private static readonly string[] Steps = [ScriptedRelay.Greeting, "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", ScriptedRelay.FinalDot];
    private static readonly string[] Faults = ["4xx", "5xx", "421", "drop", "stall", "half"];

    // A connection is made in real time, however fast the clock of the test runs.
    private static readonly TransportOptions Patient = new() { ConnectWithin = TimeSpan.FromDays(20) };

    public static TheoryData<string, string, bool> Everything()
    {
        var all = new TheoryData<string, string, bool>();
        foreach (var step in Steps)
        {
            foreach (var fault in Faults)
            {
                all.Add(step, fault, false);
                all.Add(step, fault, true);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Each_recipient_ends_in_one_class(string step, string fault, bool pipelining)
    {
        await using var relay = Relay(pipelining ? ["STARTTLS", "AUTH PLAIN LOGIN", "PIPELINING"] : ["STARTTLS", "AUTH PLAIN LOGIN"]);
        relay.Script = line => Matches(line, step) ? Bad(fault) : null;
        var clock = new FakeTimeProvider();
        await using var transport = new MailKitTransport(clock, Patient);
        var sending = transport.SendAsync(Endpoint(relay), TransportTests.To("one@example.org", "two@example.org"), TransportTests.Hello, default);
        if (fault == "stall")
        {
            await relay.ReachedAsync("stalled");
            await PassUntilAsync(clock, sending);
        }

        var result = await sending;

        Assert.Equal(["one@example.org", "two@example.org"], result.Recipients.Select(r => r.Address));
        var expected = Expected(step, fault);
        Assert.Equal((expected, expected), (result.Recipients[0].Class, result.Recipients[1].Class));
        Assert.Equal(ExpectedTrouble(step, fault), result.Trouble);
        Assert.All(result.Recipients, r => Assert.Matches(expected is ReplyClass.Refused ? "^5\\.[0-9.]+$" : "^4\\.[0-9.]+$", r.Code));
        Assert.All(result.Recipients, r => Assert.DoesNotContain("canary", r.Text, StringComparison.Ordinal));
        Assert.InRange(relay.Mails.Count, 0, 1);
        Assert.DoesNotContain(relay.ClearLines, l => l.StartsWith("AUTH", StringComparison.Ordinal) || l.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("stall")]
    [InlineData("421")]
    public async Task Bad_farewell_harms_nothing(string fault)
    {
        await using var relay = new ScriptedRelay { Script = line => Matches(line, "QUIT") ? Bad(fault) : null };
        await using (var transport = new MailKitTransport(TimeProvider.System))
        {
            Assert.Equal(ReplyClass.Accepted, (await TransportTests.SendAsync(transport, relay.Clear, "one@example.org")).Recipients[0].Class);
        }

        Assert.Equal(1, relay.Count("QUIT"));
    }

    [Fact]
    public async Task Refused_recipient_stays_refused_when_the_rest_is_lost()
    {
        await using var relay = new ScriptedRelay
        {
            Script = line => Matches(line, ScriptedRelay.FinalDot) ? Bad("drop") : line.StartsWith("RCPT TO:<no@", StringComparison.Ordinal) ? Act.Reply("550 5.1.1 no") : null,
        };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, relay.Clear, "no@example.org", "yes@example.org");
        Assert.Equal([ReplyClass.Refused, ReplyClass.Unknown], result.Recipients.Select(r => r.Class));
    }

    [Fact]
    public async Task Relay_that_trickles_is_not_waited_for_beyond_the_limit()
    {
        await using var relay = new ScriptedRelay { Script = line => line == ScriptedRelay.Greeting ? new Act("220-a\r\n220-b\r\n", Stall: true) : null };
        var clock = new FakeTimeProvider();
        await using var transport = new MailKitTransport(clock, Patient);
        var sending = TransportTests.SendAsync(transport, relay.Clear, "one@example.org");
        await relay.ReachedAsync("stalled");
        await PassUntilAsync(clock, sending);
        Assert.Equal(TransportTrouble.Disconnected, (await sending).Trouble);
    }

    [Fact]
    public async Task Answer_without_end_is_cut_off()
    {
        var line = "250-" + new string('x', 400) + "\r\n";
        await using var relay = new ScriptedRelay { Script = l => Matches(l, "EHLO") ? new Act(string.Concat(Enumerable.Repeat(line, 2_000)), Stall: true) : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        Assert.Equal(TransportTrouble.Disconnected, (await TransportTests.SendAsync(transport, relay.Clear, "one@example.org")).Trouble);
    }

    [Fact]
    public async Task Cancelled_before_the_dot_throws()
    {
        await using var relay = new ScriptedRelay { Script = line => Matches(line, "DATA") ? new Act(string.Empty, Stall: true) : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var sending = transport.SendAsync(relay.Clear, TransportTests.To("one@example.org"), TransportTests.Hello, cancel.Token);
        await relay.ReachedAsync("stalled");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(relay.Mails);
    }

    [Fact]
    public async Task Cancelled_after_the_dot_is_unknown()
    {
        await using var relay = new ScriptedRelay { Script = line => Matches(line, ScriptedRelay.FinalDot) ? new Act(string.Empty, Stall: true) : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var sending = transport.SendAsync(relay.Clear, TransportTests.To("one@example.org"), TransportTests.Hello, cancel.Token);
        await relay.ReachedAsync("stalled");
        await cancel.CancelAsync();
        Assert.Equal(ReplyClass.Unknown, (await sending).Recipients[0].Class);
    }

    [Theory]
    [InlineData("252 2.0.0 perhaps", ReplyClass.Accepted)]
    [InlineData("354 what?", ReplyClass.Unknown)]
    [InlineData("rubbish", ReplyClass.Unknown)]
    public async Task Odd_answer_to_the_dot_is_read_by_its_first_digit(string answer, ReplyClass expected)
    {
        await using var relay = new ScriptedRelay { Script = line => Matches(line, ScriptedRelay.FinalDot) ? Act.Reply(answer) : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        Assert.Equal(expected, (await TransportTests.SendAsync(transport, relay.Clear, "one@example.org")).Recipients[0].Class);
    }

    [Fact]
    public async Task Answer_to_nothing_is_never_taken_for_an_answer()
    {
        // Two answers to the dot: the second would be read as that to the next MAIL.
        await using var relay = new ScriptedRelay { Script = line => Matches(line, ScriptedRelay.FinalDot) ? Act.Reply("250 2.0.0 one\r\n250 2.0.0 two") : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            var result = await TransportTests.SendAsync(transport, relay.Clear, "one@example.org");
            Assert.NotEqual(ReplyClass.Refused, result.Recipients[0].Class);
            Assert.True(result.Recipients[0].Class is not ReplyClass.Accepted || result.Recipients[0].Text.Contains("one", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        RelayEndpoint gone;
        await using (var relay = new ScriptedRelay())
        {
            gone = relay.Clear;
        }

        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, gone, "one@example.org");
        Assert.Equal((TransportTrouble.Unreachable, ReplyClass.Deferred, "4.4.1"), (result.Trouble, result.Recipients[0].Class, result.Recipients[0].Code));
        var check = await transport.CheckAsync(gone, default);
        Assert.Equal((false, "unreachable"), (check.Works, check.Code));
    }

    /// <summary>Minutes go by until the client has enough; it may set its limit a moment after the relay fell silent, hence more than once.</summary>
    private static async Task PassUntilAsync(FakeTimeProvider clock, Task sending)
    {
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(11));
            await Task.WhenAny(sending, Task.Delay(20));
        }
    }

    private ScriptedRelay Relay(IList<string> offers) =>
        new() { Certificate = certificates.Localhost, Offers = offers };

    private RelayEndpoint Endpoint(ScriptedRelay relay) =>
        new("localhost", relay.Port, RelaySecurity.StartTls, "ada", "canary-password") { CaFile = certificates.CaFile };

    // HELO is what MailKit tries when EHLO is not liked.
    private static bool Matches(string line, string step) =>
        step == ScriptedRelay.FinalDot ? line == step : line.StartsWith(step, StringComparison.Ordinal) || (step == "EHLO" && line.StartsWith("HELO", StringComparison.Ordinal));

    private static Act Bad(string fault) => fault switch
    {
        "4xx" => Act.Reply("451 4.3.0 not now"),
        "5xx" => Act.Reply("554 5.7.1 never"),
        "421" => new Act("421 4.3.2 closing\r\n", Close: true),
        "drop" => new Act(string.Empty, Close: true),
        "stall" => new Act(string.Empty, Stall: true),
        _ => new Act("25", Close: true),
    };

    private static ReplyClass Expected(string step, string fault) => (step, fault) switch
    {
        (ScriptedRelay.FinalDot, "drop" or "stall" or "half") => ReplyClass.Unknown,
        ("MAIL" or "RCPT" or "DATA" or ScriptedRelay.FinalDot, "5xx") => ReplyClass.Refused,
        _ => ReplyClass.Deferred,
    };

    private static TransportTrouble ExpectedTrouble(string step, string fault) => (step, fault) switch
    {
        ("MAIL" or "RCPT" or "DATA" or ScriptedRelay.FinalDot, "4xx" or "5xx") => TransportTrouble.None,
        (_, "4xx" or "5xx") => TransportTrouble.Unreachable,
        _ => TransportTrouble.Disconnected,
    };
}
