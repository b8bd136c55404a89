using System.Text;
using MultiMail.Mail;

namespace Interop.Mail;

/// <summary>Our client hands mail to Postfix, Postfix to Dovecot: the bytes in the mailbox are the bytes submitted.</summary>
public sealed class SubmissionTests(MailServers servers)
{
    private static readonly byte[] Message = Encoding.ASCII.GetBytes(
        "Subject: =?utf-8?q?f=C3=BC?=\r\n =?utf-8?q?r?=\r\nX-Odd:no blank\r\nFrom: ada@agents.test\r\nDate: yesterday\r\nMessage-ID: <odd@agents.test>\r\nTo: \"B, o\" <bo@agents.test>,\r\n\tcy@agents.test\r\n\r\n"
        + ".\r\n..dots\r\nFrom the start\r\ntrailing  \r\n" + new string('y', 990) + "\r\n\r\n\r\n");

    [Theory]
    [InlineData("smtp", true)]
    [InlineData("smtps", false)]
    public async Task Message_lies_in_the_mailbox_byte_for_byte(string scheme, bool startTls)
    {
        var running = await servers.NeededAsync();
        await using var transport = new MailKitTransport(TimeProvider.System);
        var relay = Relay(running, startTls);
        var check = await transport.CheckAsync(relay, TestContext.Current.CancellationToken);
        Assert.True(check.Works, check.Detail);

        var (one, two) = ($"bo-{scheme}", $"cy-{scheme}");
        var envelope = new MailEnvelope(
            "ada+b-1@agents.test", [RunningMailServers.Address(one), RunningMailServers.Address(two), RunningMailServers.Address("nobody")], "msg-1");
        var result = await transport.SendAsync(relay, envelope, Message, TestContext.Current.CancellationToken);

        Assert.Equal([ReplyClass.Accepted, ReplyClass.Accepted, ReplyClass.Refused], result.Recipients.Select(r => r.Class));
        Assert.Equal("5.1.1", result.Recipients[2].Code);
        foreach (var mailbox in new[] { one, two })
        {
            var stored = Encoding.ASCII.GetString(Assert.Single(await running.InboxOfAsync(mailbox, 1)));
            Assert.StartsWith("Return-Path: <ada+b-1@agents.test>\n", stored, StringComparison.Ordinal);
            Assert.EndsWith($"\n{Encoding.ASCII.GetString(Message).ReplaceLineEndings("\n")}", stored, StringComparison.Ordinal);
            Assert.Contains("ESMTPSA", stored, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Wrong_password_is_told_apart()
    {
        var running = await servers.NeededAsync();
        await using var transport = new MailKitTransport(TimeProvider.System);
        var check = await transport.CheckAsync(Relay(running, startTls: true) with { Secret = "canary-wrong" }, TestContext.Current.CancellationToken);
        Assert.Equal((false, "sign_in_refused"), (check.Works, check.Code));
        Assert.DoesNotContain("canary", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_over_its_size_is_refused_before_it_is_sent()
    {
        var running = await servers.NeededAsync();
        await using var transport = new MailKitTransport(TimeProvider.System);
        var large = Encoding.ASCII.GetBytes("Subject: large\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 98) + "\r\n", 10_001)));
        var result = await transport.SendAsync(
            Relay(running, startTls: false), new MailEnvelope("ada@agents.test", ["large@agents.test"]), large, TestContext.Current.CancellationToken);
        Assert.Equal((TransportTrouble.NotSupported, "5.3.4"), (result.Trouble, result.Recipients[0].Code));
    }

    private static RelayEndpoint Relay(RunningMailServers running, bool startTls) => RelayEndpoint.Parse(
        startTls
            ? $"smtp://ada%40agents.test:{RunningMailServers.Password}@{running.Host}:{running.SubmissionPort}?starttls=required&ca={running.CaFile}"
            : $"smtps://ada@agents.test:{RunningMailServers.Password}@{running.Host}:{running.SubmissionsPort}?ca={running.CaFile}");
}
