namespace MultiMail.Mail.Tests.Smtp.Listener;

/// <summary>Look-alikes of the end of data, and commands hidden behind them.</summary>
public sealed class SmugglingTests
{
    private const string Hidden = "MAIL FROM:<evil@x.example>\r\nRCPT TO:<bo@agents.example>\r\nDATA\r\n";

    public static IEnumerable<string> Combinations(int upTo) => upTo == 0
        ? [string.Empty]
        : Combinations(upTo - 1).SelectMany(rest => rest.Length == upTo - 1 ? new[] { rest, rest + "\r", rest + "\n", rest + "." } : [rest]);

    [Theory]
    [InlineData("Subject: x", "\r\n\r\nbody")]
    [InlineData("Subject: x\r\n\r\nbody", "")]
    [InlineData("", "")]
    public void Only_one_sequence_ends_a_message_whatever_stands_in_it(string before, string after)
    {
        foreach (var odd in Combinations(6))
        {
            var sent = $"{before}{odd}{Hidden}{after}\r\n.\r\n";
            var (message, rest, bare) = Reference(sent);
            foreach (var byteByByte in new[] { false, true })
            {
                var talk = Talk.AtData(byteByByte: byteByByte);
                talk.Said();
                talk.Send("DATA\r\n");
                var said = talk.Send(sent[..^rest.Length]);
                Assert.StartsWith(bare ? "550 5.6.11" : "250 2.0.0 OK mail1", said, StringComparison.Ordinal);
                Assert.Single(said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
                Assert.Equal(bare ? [] : [message], talk.Mailroom.Taken.Select(t => t.Message));
            }
        }
    }

    [Fact]
    public void A_command_line_ends_with_CRLF_or_ends_the_session()
    {
        foreach (var odd in Combinations(6).Where(c => c.AsSpan().IndexOfAny('\r', '\n') >= 0))
        {
            var first = odd.AsSpan().IndexOfAny('\r', '\n');
            var whole = odd.AsSpan(first).StartsWith("\r\n");
            var answers = new[] { false, true }.Select(byteByByte =>
            {
                var talk = Talk.Start(byteByByte: byteByByte);
                talk.Said();
                return talk.Send($"NOOP {odd}NOOP\r\n");
            }).ToList();
            Assert.Equal(answers[0], answers[1]);
            Assert.StartsWith(whole ? "250 " : "421 4.5.2 ", answers[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_may_follow_STARTTLS_in_clear()
    {
        var talk = Talk.Start(secure: (_, _) => throw new InvalidOperationException("no handshake may begin"));
        talk.Send("EHLO client.example\r\n");
        Assert.StartsWith("503 5.5.1", talk.Send("STARTTLS\r\nNOOP\r\n"), StringComparison.Ordinal);
        Assert.True(talk.Session.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("EHLO client.example\r\nMAIL FROM:<a@client.example>\r\n", "503 5.5.1")]
    [InlineData("HELO client.example\r\nNOOP\r\n", "503 5.5.1")]
    public void Nothing_may_follow_a_hello_before_it_is_answered(string sent, string answer)
    {
        var talk = Talk.Start();
        talk.Said();
        Assert.StartsWith(answer, talk.Send(sent), StringComparison.Ordinal);
        Assert.True(talk.Session.IsCompleted);
    }

    [Fact]
    public void A_message_that_comes_before_354_is_not_taken()
    {
        var talk = Talk.AtData();
        Assert.StartsWith("503 5.5.1", talk.Send("DATA\r\nhi\r\n.\r\n"), StringComparison.Ordinal);
        Assert.Empty(talk.Mailroom.Taken);
        Assert.True(talk.Session.IsCompleted);
    }

    [Fact]
    public void Who_speaks_before_the_greeting_is_sent_away()
    {
        var talk = Talk.Start(early: "EHLO client.example\r\n");
        Assert.StartsWith("554 5.5.1", talk.Said(), StringComparison.Ordinal);
        Assert.True(talk.Session.IsCompleted);
    }

    [Fact]
    public void The_greeting_pause_catches_who_does_not_wait()
    {
        var options = new SmtpListenerOptions(Talk.Name) { GreetingPause = TimeSpan.FromMilliseconds(250) };
        var hasty = Talk.Start(options);
        Assert.Equal(string.Empty, hasty.Said());
        Assert.StartsWith("554 5.5.1", hasty.Send("EHLO x\r\n"), StringComparison.Ordinal);

        var polite = Talk.Start(options);
        polite.Clock.Advance(options.GreetingPause);
        Assert.StartsWith("220 ", polite.Said(), StringComparison.Ordinal);
        Assert.StartsWith("250-", polite.Send("EHLO x\r\n"), StringComparison.Ordinal);
    }

    /// <summary>The rule in its plainest form: the first CRLF . CRLF, the one behind DATA counted in.</summary>
    private static (string Message, string Behind, bool Bare) Reference(string sent)
    {
        var all = "\r\n" + sent;
        var end = all.IndexOf("\r\n.\r\n", StringComparison.Ordinal);
        var body = all[2..Math.Max(2, end + 2)];
        var plain = body.Replace("\r\n", string.Empty, StringComparison.Ordinal);
        var lines = body.Split("\r\n").Select(line => line.StartsWith('.') ? line[1..] : line);
        return (string.Join("\r\n", lines), all[(end + 5)..], plain.AsSpan().IndexOfAny('\r', '\n') >= 0);
    }
}
