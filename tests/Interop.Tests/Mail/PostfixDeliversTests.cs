using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Driving;

namespace Interop.Mail;

/// <summary>A real mail server brings mail to our listener, pipelining as it does with everybody.</summary>
[Collection(ListenerPort.Name)]
public sealed class PostfixDeliversTests(MailServers mail)
{
    private const int Mails = 10;
    private const string Bo = "bo@" + RunningMailServers.ListenerDomain;

    [Fact]
    public async Task What_Postfix_has_taken_arrives_once_and_as_it_was_written()
    {
        var servers = await mail.NeededAsync();
        await using var served = await Served.StartAsync(("MULTIMAIL_SMTP_LISTEN", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{servers.ListenerPort}")));
        await served.Installation.TypeAsync("domain", "add", RunningMailServers.ListenerDomain);
        await served.Installation.TypeAsync("mailbox", "create", Bo);
        await GiveAsync(servers.SmtpPort);
        var arrived = await served.InboxAsync(Bo, Mails);
        Assert.Equal(
            Enumerable.Range(0, Mails).Select(i => $"By Postfix {i}"),
            arrived.Select(m => m.GetProperty("subject").GetString()).Order(StringComparer.Ordinal));
        Assert.All(arrived, m => Assert.Contains("dot: .", m.GetProperty("snippet").GetString(), StringComparison.Ordinal));
    }

    /// <summary>Mail for the listener's domain, into Postfix.</summary>
    private static async Task GiveAsync(int port)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);
        await SayAsync(socket, reader, string.Empty, "220");
        await SayAsync(socket, reader, "HELO client.example\r\n", "250");
        for (var i = 0; i < Mails; i++)
        {
            await SayAsync(socket, reader, "MAIL FROM:<ann@sender.example>\r\n", "250");
            await SayAsync(socket, reader, $"RCPT TO:<{Bo}>\r\n", "250");
            await SayAsync(socket, reader, "DATA\r\n", "354");
            await SayAsync(socket, reader, $"From: ann@sender.example\r\nSubject: By Postfix {i}\r\nMessage-ID: <{i}@sender.example>\r\n\r\ndot: .\r\n..\r\n...x\r\n.\r\n", "250");
        }
    }

    private static async Task SayAsync(TcpClient socket, StreamReader reader, string text, string code)
    {
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        Assert.StartsWith(code, await reader.ReadLineAsync() ?? string.Empty, StringComparison.Ordinal);
    }
}
