using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Scenarios.Imap;

/// <summary>Behind a good certificate, an IMAP server that lets everybody in and attacks when the folder is opened.</summary>
internal sealed class HostileImapServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _shaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly X509Certificate2 _certificate;
    private readonly string _opening;
    private readonly string? _endless;
    private readonly Task _serving;

    /// <param name="opening">Sent once, in the middle of an answer.</param>
    /// <param name="endless">Sent after it until the client goes; null = silence.</param>
    public HostileImapServer(X509Certificate2 certificate, string opening, string? endless)
    {
        (_certificate, _opening, _endless) = (certificate, opening, endless);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The client has ended an attack by going away.</summary>
    public Task Shaken => _shaken.Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await TalkAsync(client);
            }
            catch (Exception fault) when (fault is IOException or AuthenticationException)
            {
                // The client went away: by then it may have been attacked.
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        await SayAsync(tls, "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] ready\r\n");
        using var reader = new StreamReader(tls, leaveOpen: true);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var tag = line.Split(' ')[0];
            if (line.Contains("EXAMINE", StringComparison.Ordinal))
            {
                await AttackAsync(tls, reader);
                return;
            }

            await SayAsync(tls, line.Contains("LIST", StringComparison.Ordinal) ? $"* LIST () \"/\" INBOX\r\n{tag} OK done\r\n" : $"{tag} OK done\r\n");
        }
    }

    private async Task AttackAsync(SslStream tls, StreamReader reader)
    {
        try
        {
            await SayAsync(tls, _opening);
            while (_endless is not null)
            {
                await SayAsync(tls, _endless);
            }

            await reader.ReadToEndAsync(_stop.Token);
        }
        finally
        {
            if (!_stop.IsCancellationRequested)
            {
                _shaken.TrySetResult();
            }
        }
    }

    private Task SayAsync(SslStream tls, string text) => tls.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token).AsTask();
}
