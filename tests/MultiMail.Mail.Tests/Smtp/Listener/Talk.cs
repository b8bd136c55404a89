using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace MultiMail.Mail.Tests.Smtp.Listener;

/// <summary>
/// A client in memory. Nothing runs beside the test: whatever is sent is worked off before <see cref="Send"/> returns.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without timer holds nothing; disposing it would hide what a session does with its token.")]
internal sealed class Talk
{
    public const string Name = "mx.agents.example";

    private readonly Pipe _toServer;
    private readonly Pipe _toClient;
    private readonly CancellationTokenSource _stop = new();
    private PipeWriter _out;
    private PipeReader _in;

    private Talk(int replyRoom)
    {
        _toServer = New(0);
        _toClient = New(replyRoom);
        (_out, _in) = (_toServer.Writer, _toClient.Reader);
        Session = Task.FromResult(new SmtpSessionSummary(0, 0, false, SmtpSessionEnd.Left));
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public Task<SmtpSessionSummary> Session { get; private set; }

    public Mailroom Mailroom { get; private init; } = new();

    /// <summary>One octet per packet, each worked off before the next comes.</summary>
    public bool ByteByByte { get; init; }

    /// <param name="early">Sent before the greeting.</param>
    public static Talk Start(
        SmtpListenerOptions? options = null, bool byteByByte = false, SmtpTlsUpgrade? secure = null, Mailroom? mailroom = null, string early = "", int replyRoom = 0, string client = "192.0.2.7")
    {
        var talk = new Talk(replyRoom) { ByteByByte = byteByByte, Mailroom = mailroom ?? new Mailroom() };
        if (early.Length > 0)
        {
            talk.Send(early);
        }

        var session = new SmtpSession(
            new Duplex(talk._toServer.Reader, talk._toClient.Writer), IPAddress.Parse(client), talk.Mailroom, options ?? new SmtpListenerOptions(Name), secure, talk.Clock);
        talk.Session = session.RunAsync(talk._stop.Token, CancellationToken.None);
        return talk;
    }

    /// <summary>Up to the point where DATA would be said, with one recipient.</summary>
    public static Talk AtData(SmtpListenerOptions? options = null, bool byteByByte = false, Mailroom? mailroom = null)
    {
        var talk = Start(options, byteByByte, mailroom: mailroom);
        talk.Send("EHLO client.example\r\n", "MAIL FROM:<a@client.example>\r\n", "RCPT TO:<bo@agents.example>\r\n");
        return talk;
    }

    /// <summary>Everything that the server has said since the last call.</summary>
    public string Send(params string[] packets)
    {
        Push(packets);
        return Said();
    }

    /// <summary>Sends and takes no reply.</summary>
    public void Push(params string[] packets)
    {
        foreach (var packet in packets)
        {
            var bytes = Encoding.Latin1.GetBytes(packet);
            foreach (var chunk in ByteByByte ? bytes.Chunk(1) : [bytes])
            {
                _out.Write(chunk);
                _ = _out.FlushAsync().AsTask(); // not waited for: a server that has gone reads no more
            }
        }
    }

    public string Said()
    {
        var said = string.Empty;
        while (_in.TryRead(out var read))
        {
            said += Encoding.Latin1.GetString(read.Buffer);
            _in.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || read.Buffer.IsEmpty)
            {
                break;
            }
        }

        return said;
    }

    public void Stop() => _stop.Cancel();

    public void Close() => _out.Complete();

    /// <summary>The second pipe, which stands for the secured connection.</summary>
    public ValueTask<IDuplexPipe> SecureAsync(IDuplexPipe clear, CancellationToken cancellationToken)
    {
        var (up, down) = (New(0), New(0));
        (_out, _in) = (up.Writer, down.Reader);
        return ValueTask.FromResult<IDuplexPipe>(new Duplex(up.Reader, down.Writer));
    }

    private static Pipe New(int room) => new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false, pauseWriterThreshold: room, resumeWriterThreshold: room / 2));

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
