using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Mcp.Hosting;
using MultiMail.Testing;

namespace Scenarios.Smtp;

public sealed class SmtpHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private const string PythonClient = """
        import smtplib, ssl, sys
        context = ssl.create_default_context(cafile=sys.argv[2])
        client = smtplib.SMTP('localhost', int(sys.argv[1]))
        client.starttls(context=context)
        client.sendmail('ann@sender.example', ['you@multimail.localhost'], 'From: ann@sender.example\nSubject: from python\n\n.leading dot\n..two\n.\nend\n')
        client.quit()
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_listener_that_ends_lets_a_message_on_its_way_come_in(bool tls)
    {
        await using var served = await SmtpServed.StartAsync();
        await using var sender = await SmtpClient.ConnectAsync(served.Port);
        await using var idle = await SmtpClient.ConnectAsync(served.Port);
        if (tls)
        {
            await sender.SecureAsync();
            await idle.SecureAsync();
        }

        await sender.BeginAsync(Installation.PersonAddress);
        await sender.WriteAsync("Subject: last\r\n");
        var ends = served.StopListeningAsync().AsTask();
        Assert.StartsWith("421 4.3.2", await idle.ReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0", await sender.SayAsync("\r\nx\r\n.\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("421 4.3.2", await sender.ReplyAsync(), StringComparison.Ordinal);
        await ends;
        Assert.Equal("last", Assert.Single(await InboxAsync(served)).Subject);
    }

    [Fact]
    public async Task Python_delivers_over_TLS()
    {
        var python = Require.Program("python3");
        Require.That(python is not null, "python3", "there is no python3 on PATH");
        await using var served = await SmtpServed.StartAsync();
        var (code, output) = await RunAsync(python!, "-c", PythonClient, served.Port.ToString(CultureInfo.InvariantCulture), served.Files.Certificate);
        Assert.True(code == 0, output);
        var mail = Assert.Single(await InboxAsync(served));
        Assert.Equal("from python", mail.Subject);
        var person = await served.Host.Node.Installation.PersonAtTerminalAsync(null, default);
        var view = await served.Host.Node.Inbox.ReadAsync(person, new ReadRequest { MessageId = mail.MessageId }, default);
        Assert.Equal(".leading dot\n..two\n.\nend", view.Body.Trim());
    }

    [Fact]
    public async Task No_smuggler_gets_through()
    {
        var probe = Path.Combine(Environment.GetEnvironmentVariable("MULTIMAIL_MAIL_TOOLS") ?? string.Empty, "smuggle_probe.py");
        Require.That(File.Exists(probe), "mailtools", "MULTIMAIL_MAIL_TOOLS names no folder with smuggle_probe.py");
        await using var served = await SmtpServed.StartAsync();
        var port = served.Port.ToString(CultureInfo.InvariantCulture);
        var (code, output) = await RunAsync("python3", probe, port, Installation.PersonAddress, "--starttls", port);
        Assert.True(code == 0, output);
        Assert.Contains("11 passed, 0 failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_certificate_needs_no_restart_and_a_broken_one_stops_nothing()
    {
        await using var served = await SmtpServed.StartAsync();
        var certificate = new SmtpCertificate(served.Files, NullLogger<SmtpCertificate>.Instance);
        Assert.Equal("CN=localhost", certificate.Current().TargetCertificate.Subject);
        var later = File.GetLastWriteTimeUtc(served.Files.Certificate).AddMinutes(1);
        SmtpServed.WriteCertificate(served.Files, "renewed.example");
        File.SetLastWriteTimeUtc(served.Files.Certificate, later);
        Assert.Equal("CN=renewed.example", certificate.Current().TargetCertificate.Subject);
        await File.WriteAllTextAsync(served.Files.Certificate, "nothing");
        File.SetLastWriteTimeUtc(served.Files.Certificate, later.AddMinutes(1));
        Assert.Equal("CN=renewed.example", certificate.Current().TargetCertificate.Subject);
        Assert.Throws<SetupException>(() => new SmtpCertificate(served.Files, NullLogger<SmtpCertificate>.Instance));
    }

    [Fact]
    public void Connections_are_counted_in_all_and_by_neighbour()
    {
        var count = new ConnectionCount(all: 5, each: 2);
        var (v4, site, same) = (IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::ffff:2"));
        using var first = count.TryTake(v4);
        var second = count.TryTake(v4);
        Assert.Null(count.TryTake(v4));
        second!.Dispose();
        second.Dispose();
        using var third = count.TryTake(v4);
        Assert.NotNull(third);
        using var fourth = count.TryTake(site);
        using var fifth = count.TryTake(same);
        Assert.Null(count.TryTake(IPAddress.Parse("2001:db8::3")));
        using var sixth = count.TryTake(IPAddress.Loopback);
        Assert.NotNull(sixth);
        Assert.Null(count.TryTake(IPAddress.Loopback));
    }

    private static async Task<IReadOnlyList<MessageSummary>> InboxAsync(SmtpServed served)
    {
        var person = await served.Host.Node.Installation.PersonAtTerminalAsync(null, default);
        return (await served.Host.Node.Inbox.ListAsync(person, new InboxRequest { Mailbox = Installation.PersonAddress }, default)).Messages;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }
}
