namespace MultiMail.Mail.Tests.Smtp.Listener;

/// <summary>Every wait ends, however the client drips.</summary>
public sealed class TimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_client_that_says_nothing_is_told_so_after_five_minutes()
    {
        var talk = Talk.Start();
        talk.Said();
        talk.Clock.Advance(TimeSpan.FromMinutes(5) - Second);
        Assert.Equal(string.Empty, talk.Said());
        talk.Clock.Advance(Second);
        Assert.StartsWith("421 4.4.2", talk.Said(), StringComparison.Ordinal);
        Assert.Equal(SmtpSessionEnd.TooSlow, (await talk.Session).End);
    }

    [Fact]
    public void A_command_that_drips_in_gets_no_more_time_than_one_that_does_not_come()
    {
        var talk = Talk.Start();
        talk.Said();
        for (var i = 0; i < 4; i++)
        {
            talk.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(string.Empty, talk.Send("x"));
        }

        talk.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("421 4.4.2", talk.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_command_has_its_own_five_minutes()
    {
        var talk = Talk.Start();
        talk.Said();
        for (var i = 0; i < 6; i++)
        {
            talk.Clock.Advance(TimeSpan.FromMinutes(4));
            Assert.StartsWith("250 ", talk.Send("NOOP\r\n"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_that_drips_in_is_cut_off()
    {
        var talk = Talk.AtData();
        talk.Send("DATA\r\n");
        var seconds = 0;
        while (!talk.Session.IsCompleted && seconds < 1_000)
        {
            talk.Send("x");
            talk.Clock.Advance(Second);
            seconds++;
        }

        Assert.InRange(seconds, 60, 62);
        Assert.StartsWith("421 4.4.2", talk.Said(), StringComparison.Ordinal);
        Assert.Equal(SmtpSessionEnd.TooSlow, (await talk.Session).End);
        Assert.Empty(talk.Mailroom.Taken);
    }

    [Fact]
    public void A_slow_line_may_take_its_time()
    {
        var talk = Talk.AtData();
        talk.Send("DATA\r\n");
        for (var i = 0; i < 1_200; i++)
        {
            Assert.Equal(string.Empty, talk.Send(new string('x', 510) + "\r\n"));
            talk.Clock.Advance(Second);
        }

        Assert.StartsWith("250 ", talk.Send(".\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_stops_in_the_middle_is_given_up_after_three_minutes()
    {
        var talk = Talk.AtData();
        talk.Send("DATA\r\n", new string('x', 1_000_000));
        talk.Clock.Advance(TimeSpan.FromMinutes(3) - Second);
        Assert.Equal(string.Empty, talk.Said());
        talk.Clock.Advance(Second);
        Assert.StartsWith("421 4.4.2", talk.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_takes_no_replies_does_not_hold_us()
    {
        var talk = Talk.Start(replyRoom: 1_000, options: new SmtpListenerOptions(Talk.Name) { MaxIdleCommands = 10_000 });
        for (var i = 0; i < 200; i++)
        {
            talk.Push("NOOP\r\n");
        }

        Assert.False(talk.Session.IsCompleted);
        talk.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(SmtpSessionEnd.Left, (await talk.Session.WaitAsync(TimeSpan.FromSeconds(10))).End);
    }

    [Fact]
    public async Task Who_waits_is_told_that_the_node_ends()
    {
        var talk = Talk.Start();
        talk.Said();
        talk.Send("EHLO x\r\n", "MAIL FROM:<>\r\n");
        talk.Stop();
        Assert.StartsWith("421 4.3.2", talk.Said(), StringComparison.Ordinal);
        Assert.Equal(SmtpSessionEnd.Stopped, (await talk.Session).End);
    }

    [Fact]
    public void A_message_on_its_way_may_still_come_in()
    {
        var talk = Talk.AtData();
        talk.Send("DATA\r\n", "one\r\n");
        talk.Stop();
        Assert.Equal(string.Empty, talk.Said());
        Assert.Equal("250 2.0.0 OK mail1\r\n421 4.3.2 Service shutting down, closing\r\n", talk.Send("two\r\n.\r\n"));
        Assert.Equal("one\r\ntwo\r\n", Assert.Single(talk.Mailroom.Taken).Message);
    }
}
