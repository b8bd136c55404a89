using System.Net;
using System.Text;

namespace MultiMail.Mail.Tests.Smtp.Listener;

public sealed class TraceFieldTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 9, 5, 7, TimeSpan.Zero);

    [Fact]
    public void One_recipient_is_named()
    {
        Assert.Equal(
            "Return-Path: <a@client.example>\r\n"
            + "Received: from client.example ([192.0.2.7])\r\n\tby mx.agents.example with ESMTPS id abc\r\n\tfor <bo@agents.example>;\r\n\tTue, 24 Nov 2026 09:05:07 +0000\r\n"
            + "Subject: x\r\n\r\nhi\r\n",
            Prepend("Subject: x\r\n\r\nhi\r\n"));
    }

    [Fact]
    public void Several_are_not_told_of_one_another()
    {
        var envelope = new InboundEnvelope(IPAddress.Parse("2001:db8::1"), "[IPv6:2001:db8::1]", string.Empty, ["a@agents.example", "b@agents.example"], Tls: false);
        Assert.Equal(
            "Return-Path: <>\r\nReceived: from [IPv6:2001:db8::1] ([IPv6:2001:db8::1])\r\n\tby mx.agents.example with ESMTP id abc;\r\n\tTue, 24 Nov 2026 09:05:07 +0000\r\n\r\nx",
            Encoding.Latin1.GetString(TraceFields.Prepend(envelope, Talk.Name, "abc", At, "\r\nx"u8)));
    }

    [Theory]
    [InlineData("Authentication-Results: mx.agents.example; spf=pass\r\n")]
    [InlineData("authentication-results : MX.agents.example; spf=pass\r\n")]
    [InlineData("Authentication-Results:\r\n mx.agents.example;\r\n\tdkim=pass\r\n")]
    [InlineData("Authentication-Results: mx.agents.example/1; spf=pass\r\n")]
    [InlineData("Authentication-Results: mx.agents.example 1; spf=pass\r\n")]
    [InlineData("Authentication-Results: mx.agents.example\r\n")]
    [InlineData("Authentication-Results: mx.agents.example.; spf=pass\r\n")]
    [InlineData("Authentication-Results: (x) mx.agents.example; spf=pass\r\n")]
    [InlineData("Authentication-Results: \"mx.agents.example\"; spf=pass\r\n")]
    [InlineData("Return-Path: <forged@x.example>\r\n")]
    [InlineData("RETURN-PATH:\r\n <forged@x.example>\r\n")]
    public void What_only_we_may_say_is_taken_out_of_what_strangers_send(string field)
    {
        var clean = Prepend("From: a@x.example\r\nSubject: x\r\n\r\nhi\r\n");
        Assert.Equal(clean, Prepend($"{field}From: a@x.example\r\nSubject: x\r\n\r\nhi\r\n"));
        Assert.Equal(clean, Prepend($"From: a@x.example\r\n{field}{field}Subject: x\r\n\r\nhi\r\n"));
        Assert.EndsWith($"\r\n\r\n{field}", Prepend($"From: a@x.example\r\n\r\n{field}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authentication-Results: mx.elsewhere.example; spf=pass\r\n")]
    [InlineData("Authentication-Results: notmx.agents.example; spf=pass\r\n")]
    [InlineData("X-Authentication-Results: mx.agents.example; spf=pass\r\n")]
    public void What_others_say_stays(string field) => Assert.EndsWith(field + "\r\nhi\r\n", Prepend(field + "\r\nhi\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData(" by mx.agents.example; forged\r\nFrom: a@x.example\r\n\r\nhi\r\n")]
    [InlineData("\tfolded\r\n\r\nhi\r\n")]
    [InlineData("no field at all\r\n")]
    [InlineData("From me@x.example Tue\r\nFrom: a@x.example\r\n\r\nhi\r\n")]
    public void A_message_cannot_write_on_in_our_fields(string message)
    {
        var written = Prepend(message);
        Assert.EndsWith("+0000\r\n\r\n" + message, written, StringComparison.Ordinal);
        Assert.Equal(2, MessageReader.Read(Encoding.Latin1.GetBytes(written)).Headers.Count(h => !h.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)));
    }

    private static string Prepend(string message)
    {
        var envelope = new InboundEnvelope(IPAddress.Parse("::ffff:192.0.2.7"), "client.example", "a@client.example", ["bo@agents.example"], Tls: true);
        return Encoding.Latin1.GetString(TraceFields.Prepend(envelope, Talk.Name, "abc", At, Encoding.Latin1.GetBytes(message)));
    }
}
