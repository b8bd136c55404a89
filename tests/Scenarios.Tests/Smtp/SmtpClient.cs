using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Scenarios.Smtp;

/// <summary>A client that says exactly what it is told to.</summary>
internal sealed class SmtpClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _socket;
    private Stream _stream;
    private StreamReader _reader;

    private SmtpClient(TcpClient socket)
    {
        _socket = socket;
        _stream = socket.GetStream();
        _reader = new StreamReader(_stream, Encoding.ASCII);
    }

    /// <summary>Connected and greeted.</summary>
    public static async Task<SmtpClient> ConnectAsync(int port)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var client = new SmtpClient(socket);
        Assert.StartsWith("220 ", await client.ReplyAsync(), StringComparison.Ordinal);
        return client;
    }

    public async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The last line of the next reply; empty when the server has closed.</summary>
    public async Task<string> ReplyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await _reader.ReadLineAsync(limit.Token) ?? string.Empty;
            if (line.Length < 4 || line[3] == ' ')
            {
                return line;
            }
        }
    }

    public async Task<string> SayAsync(string text)
    {
        await WriteAsync(text);
        return await ReplyAsync();
    }

    public async Task SecureAsync()
    {
        Assert.StartsWith("250 ", await SayAsync("EHLO client.example\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("220 ", await SayAsync("STARTTLS\r\n"), StringComparison.Ordinal);
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == "CN=localhost");
        await tls.AuthenticateAsClientAsync("localhost");
        (_stream, _reader) = (tls, new StreamReader(tls, Encoding.ASCII));
    }

    /// <summary>Up to the 354.</summary>
    public async Task BeginAsync(string to)
    {
        Assert.StartsWith("250 ", await SayAsync("EHLO client.example\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await SayAsync("MAIL FROM:<ann@sender.example>\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await SayAsync($"RCPT TO:<{to}>\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("354 ", await SayAsync("DATA\r\n"), StringComparison.Ordinal);
    }

    public async Task<string> SendAsync(string to, string subject)
    {
        await BeginAsync(to);
        return await SayAsync($"From: ann@sender.example\r\nSubject: {subject}\r\n\r\nHow are you?\r\n.\r\n");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
