namespace MultiMail.Mail.Tests.Smtp.Listener;

/// <summary>How sessions and messages end, TLS and our own trouble among it.</summary>
public sealed class EndTests
{
    [Theory]
    [InlineData(AcceptOutcome.Accepted, "250 2.0.0 OK mail1")]
    [InlineData(AcceptOutcome.TryLater, "452 4.3.1")]
    [InlineData(AcceptOutcome.Refused, "554 5.6.0")]
    public void The_answer_to_a_message_is_the_acceptors(AcceptOutcome outcome, string answer)
    {
        var talk = Talk.AtData(mailroom: new Mailroom { Outcome = outcome });
        talk.Send("DATA\r\n");
        Assert.StartsWith(answer, talk.Send("x\r\n.\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecipientVerdict.Accept, "250 2.1.5")]
    [InlineData(RecipientVerdict.NoSuchMailbox, "550 5.1.1")]
    [InlineData(RecipientVerdict.NotHere, "554 5.7.1")]
    [InlineData(RecipientVerdict.TryLater, "451 4.3.0")]
    public void The_answer_to_a_recipient_is_the_acceptors(RecipientVerdict verdict, string answer)
    {
        var talk = Talk.Start(mailroom: new Mailroom { Verdict = verdict });
        talk.Send("EHLO x\r\n", "MAIL FROM:<>\r\n");
        Assert.StartsWith(answer, talk.Send("RCPT TO:<bo@agents.example>\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_ours_is_no_word_about_the_mail()
    {
        var talk = Talk.AtData(mailroom: new Mailroom { Fault = new InvalidOperationException("broken") });
        talk.Send("DATA\r\n");
        Assert.StartsWith("451 4.3.0", talk.Send("x\r\n.\r\n"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => talk.Session);
    }

    [Fact]
    public async Task A_disk_of_ours_that_fails_is_not_taken_for_a_client_that_left()
    {
        var talk = Talk.AtData(mailroom: new Mailroom { Fault = new IOException("no space") });
        talk.Send("DATA\r\n");
        Assert.StartsWith("451 4.3.0", talk.Send("x\r\n.\r\n"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => talk.Session);
    }

    [Fact]
    public async Task A_message_without_its_end_was_never_sent()
    {
        var talk = Talk.AtData();
        talk.Send("DATA\r\n", "half\r\n.");
        talk.Close();
        Assert.Equal(SmtpSessionEnd.Left, (await talk.Session).End);
        Assert.Empty(talk.Mailroom.Taken);
    }

    [Fact]
    public async Task After_TLS_everything_begins_anew()
    {
        Talk talk = null!;
        talk = Talk.Start(secure: (clear, token) => talk.SecureAsync(clear, token));
        talk.Said();
        Assert.Contains("250-STARTTLS\r\n", talk.Send("EHLO x\r\n"), StringComparison.Ordinal);
        talk.Send("MAIL FROM:<a@client.example>\r\n");
        talk.Send("STARTTLS\r\n");
        Assert.StartsWith("503 ", talk.Send("MAIL FROM:<a@client.example>\r\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("STARTTLS", talk.Send("EHLO x\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("503 ", talk.Send("STARTTLS\r\n"), StringComparison.Ordinal);
        talk.Send("MAIL FROM:<a@client.example>\r\n", "RCPT TO:<bo@agents.example>\r\n", "DATA\r\n", "x\r\n.\r\n", "QUIT\r\n");
        Assert.True(Assert.Single(talk.Mailroom.Taken).Envelope.Tls);
        Assert.Equal(new SmtpSessionSummary(1, 2, true, SmtpSessionEnd.Left), await talk.Session);
    }

    [Fact]
    public async Task A_handshake_that_fails_ends_the_session()
    {
        var talk = Talk.Start(secure: (_, _) => throw new IOException("no"));
        talk.Send("EHLO x\r\n", "STARTTLS\r\n");
        Assert.Equal(SmtpSessionEnd.Left, (await talk.Session).End);
    }
}
