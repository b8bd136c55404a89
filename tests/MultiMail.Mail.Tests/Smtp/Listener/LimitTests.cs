namespace MultiMail.Mail.Tests.Smtp.Listener;

/// <summary>Each limit at the limit and one beyond it.</summary>
public sealed class LimitTests
{
    [Fact]
    public void A_command_has_512_octets()
    {
        var talk = Talk.Start();
        talk.Said();
        Assert.StartsWith("250 ", talk.Send($"NOOP {new string('x', 505)}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("500 5.5.2", talk.Send($"NOOP {new string('x', 506)}\r\n"), StringComparison.Ordinal);
        Assert.True(talk.Session.IsCompleted);
    }

    [Fact]
    public void An_endless_command_is_cut_off_before_it_ends()
    {
        var talk = Talk.Start(byteByByte: true);
        talk.Said();
        Assert.Equal(string.Empty, talk.Send(new string('x', 511)));
        Assert.StartsWith("500 5.5.2", talk.Send("x"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_has_100_recipients()
    {
        var talk = Talk.Start();
        talk.Send("EHLO client.example\r\n", "MAIL FROM:<>\r\n");
        for (var i = 1; i <= 100; i++)
        {
            Assert.StartsWith("250 2.1.5", talk.Send($"RCPT TO:<r{i}@agents.example>\r\n"), StringComparison.Ordinal);
        }

        Assert.StartsWith("452 4.5.3", talk.Send("RCPT TO:<r101@agents.example>\r\n"), StringComparison.Ordinal);
        talk.Send("DATA\r\n");
        Assert.StartsWith("250 ", talk.Send(".\r\n"), StringComparison.Ordinal);
        Assert.Equal(100, Assert.Single(talk.Mailroom.Taken).Envelope.Recipients.Count);
    }

    [Fact]
    public async Task A_session_has_ten_errors()
    {
        var talk = Talk.Start();
        talk.Said();
        for (var i = 1; i <= 10; i++)
        {
            Assert.StartsWith("500 ", talk.Send("XYZZY\r\n"), StringComparison.Ordinal);
        }

        Assert.StartsWith("250 ", talk.Send("NOOP\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("421 4.7.0", talk.Send("XYZZY\r\n"), StringComparison.Ordinal);
        Assert.Equal(SmtpSessionEnd.TooManyErrors, (await talk.Session).End);
    }

    [Fact]
    public void Commands_that_come_to_no_message_run_out()
    {
        var talk = Talk.Start(new SmtpListenerOptions(Talk.Name) { MaxIdleCommands = 5 });
        talk.Said();
        Assert.DoesNotContain("503", string.Concat(Enumerable.Range(0, 5).Select(_ => talk.Send("NOOP\r\n"))), StringComparison.Ordinal);
        Assert.Equal(10, Enumerable.Range(0, 10).Count(_ => talk.Send("NOOP\r\n").StartsWith("503 ", StringComparison.Ordinal)));
        Assert.StartsWith("421 ", talk.Send("NOOP\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "250 2.0.0")]
    [InlineData(1, "552 5.3.4")]
    public void A_message_has_as_many_octets_as_SIZE_says(int beyond, string answer)
    {
        var options = new SmtpListenerOptions(Talk.Name) { MaxMessageBytes = 100_000 };
        var talk = Talk.AtData(options);
        talk.Send("DATA\r\n");
        Assert.StartsWith(answer, talk.Send(new string('x', 99_998 + beyond), "\r\n.\r\n"), StringComparison.Ordinal);
        Assert.Equal(1 - beyond, talk.Mailroom.Taken.Count);
        Assert.StartsWith("250 ", talk.Send("NOOP\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000, "250 2.1.0")]
    [InlineData(100_001, "552 5.3.4")]
    public void A_size_that_is_said_beforehand_is_judged_at_once(int size, string answer)
    {
        var talk = Talk.Start(new SmtpListenerOptions(Talk.Name) { MaxMessageBytes = 100_000 });
        talk.Send("EHLO client.example\r\n");
        Assert.StartsWith(answer, talk.Send($"MAIL FROM:<> SIZE={size}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_on_and_on_is_cut_off()
    {
        var talk = Talk.AtData(new SmtpListenerOptions(Talk.Name) { MaxMessageBytes = 1_000 });
        talk.Send("DATA\r\n");
        Assert.Equal(string.Empty, talk.Send(new string('x', 2_000)));
        Assert.StartsWith("552 5.3.4", talk.Send("x"), StringComparison.Ordinal);
        Assert.Equal(SmtpSessionEnd.Broken, (await talk.Session).End);
    }

    [Fact]
    public void Sessions_share_the_memory_they_have()
    {
        var options = new SmtpListenerOptions(Talk.Name) { Memory = new SmtpMemoryBudget(128 * 1024) };
        var (first, second) = (Talk.AtData(options), Talk.AtData(options));
        first.Send("DATA\r\n", new string('x', 40_000));
        second.Send("DATA\r\n");
        Assert.StartsWith("452 4.3.1", second.Send(new string('y', 40_000), "\r\n.\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", first.Send("\r\n.\r\n"), StringComparison.Ordinal);
        second.Send("MAIL FROM:<>\r\n", "RCPT TO:<bo@agents.example>\r\n", "DATA\r\n");
        Assert.StartsWith("250 ", second.Send(new string('y', 40_000), "\r\n.\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, "250 2.0.0")]
    [InlineData(101, "554 5.4.6")]
    public void A_mail_that_went_round_in_circles_is_refused(int hops, string answer)
    {
        var talk = Talk.AtData();
        talk.Send("DATA\r\n");
        Assert.StartsWith(answer, talk.Send(string.Concat(Enumerable.Repeat("Received: from a\r\n\tby b\r\n", hops)), "\r\nReceived: x\r\n.\r\n"), StringComparison.Ordinal);
    }
}
