using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MultiMail.Mail.Tests.Smtp;

/// <summary>A relay on loopback that does what a test says at any step, and keeps everything it was told.</summary>
internal sealed class ScriptedRelay : IAsyncDisposable
{
    public const string FinalDot = ".";
    public const string Greeting = "greeting";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new(StringComparer.Ordinal);
    private readonly List<Task> _sessions = [];
    private readonly Task _accepting;

    public ScriptedRelay()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public RelayEndpoint Clear => new("127.0.0.1", Port, RelaySecurity.None);

    /// <summary>Of EHLO, beside the name.</summary>
    public IList<string> Offers { get; init; } = ["8BITMIME", "SMTPUTF8"];

    /// <summary>For STARTTLS, or from the first byte when <see cref="ImplicitTls"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool ImplicitTls { get; init; }

    /// <summary>What to do at a step, by line (<see cref="Greeting"/>, a command, <see cref="FinalDot"/>); null = what a good relay does.</summary>
    public Func<string, Act?> Script { get; set; } = _ => null;

    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>What came before TLS, or without it.</summary>
    public ConcurrentQueue<string> ClearLines { get; } = [];

    public ConcurrentQueue<byte[]> Mails { get; } = [];

    public int Connections { get; private set; }

    /// <summary>Ends when a line with that verb has come.</summary>
    public Task ReachedAsync(string verb) => Signal(verb).Task.WaitAsync(TimeSpan.FromSeconds(20));

    public int Count(string verb) => Lines.Count(l => l.StartsWith(verb, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_sessions);
        _end.Dispose();
    }

    private TaskCompletionSource Signal(string verb) => _reached.GetOrAdd(verb, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                client.NoDelay = true;
                Connections++;
                _sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new Talk(this, client.GetStream()).RunAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The client left, or the test is over.
            }
        }
    }

    private sealed class Talk(ScriptedRelay relay, Stream stream)
    {
        private readonly byte[] _one = new byte[8192];
        private Stream _stream = stream;
        private int _from;
        private int _to;
        private bool _secure;

        public async Task RunAsync()
        {
            if (relay.ImplicitTls)
            {
                await SecureAsync();
            }

            if (!await DoAsync(Greeting, "220 relay.test"))
            {
                return;
            }

            while (await LineAsync() is { } line && await AnswerAsync(Encoding.UTF8.GetString(line)))
            {
            }
        }

        private async Task<bool> AnswerAsync(string line)
        {
            relay.Lines.Enqueue(line);
            if (!_secure)
            {
                relay.ClearLines.Enqueue(line);
            }

            var verb = line.Split(' ')[0];
            relay.Signal(verb).TrySetResult();
            switch (verb)
            {
                case "EHLO":
                    return await DoAsync(line, $"250-relay.test\r\n{string.Concat(relay.Offers.Select(o => $"250-{o}\r\n"))}250 HELP");
                case "STARTTLS":
                    if (!await DoAsync(line, "220 2.0.0 go"))
                    {
                        return false;
                    }

                    await SecureAsync();
                    return true;
                case "AUTH":
                    return await DoAsync(line, "235 2.7.0 welcome");
                case "DATA":
                    return await DoAsync(line, "354 go on", go: "354") && await DataAsync();
                case "QUIT":
                    await DoAsync(line, "221 2.0.0 bye");
                    return false;
                default:
                    return await DoAsync(line, "250 2.0.0 fine");
            }
        }

        private async Task<bool> DataAsync()
        {
            if (!_told)
            {
                return true;
            }

            using var mail = new MemoryStream();
            while (await LineAsync() is { } line)
            {
                if (line.AsSpan().SequenceEqual("."u8))
                {
                    relay.Mails.Enqueue(mail.ToArray());
                    relay.Lines.Enqueue(FinalDot);
                    relay.Signal(FinalDot).TrySetResult();
                    return await DoAsync(FinalDot, "250 2.0.0 queued as 4711");
                }

                mail.Write(line.AsSpan(line.Length > 0 && line[0] == (byte)'.' ? 1 : 0));
                mail.Write("\r\n"u8);
            }

            return false;
        }

        private bool _told;

        private async Task<bool> DoAsync(string step, string usual, string go = "")
        {
            var act = relay.Script(step) ?? new Act(usual + "\r\n");
            _told = act.Send.StartsWith(go, StringComparison.Ordinal);
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(act.Send), relay._end.Token);
            if (act.Stall)
            {
                relay.Signal("stalled").TrySetResult();

                // Until the client has enough of it.
                while (await _stream.ReadAsync(_one, relay._end.Token) > 0)
                {
                }
            }

            return !act.Stall && !act.Close;
        }

        private async Task SecureAsync()
        {
            var tls = new SslStream(_stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = relay.Certificate }, relay._end.Token);
            (_stream, _secure, _from, _to) = (tls, true, 0, 0);
        }

        /// <summary>Up to CRLF and without it; null at the end.</summary>
        private async Task<byte[]?> LineAsync()
        {
            using var line = new MemoryStream();
            while (true)
            {
                if (_from == _to)
                {
                    (_from, _to) = (0, await _stream.ReadAsync(_one, relay._end.Token));
                    if (_to == 0)
                    {
                        return null;
                    }
                }

                line.WriteByte(_one[_from++]);
                if (line.Length >= 2 && line.GetBuffer().AsSpan(0, (int)line.Length).EndsWith("\r\n"u8))
                {
                    return line.GetBuffer()[..(int)(line.Length - 2)];
                }
            }
        }
    }
}

/// <summary>One step of a relay: what it sends, and whether it then leaves or says nothing more.</summary>
internal sealed record Act(string Send, bool Close = false, bool Stall = false)
{
    public static Act Reply(string text) => new(text + "\r\n");
}
