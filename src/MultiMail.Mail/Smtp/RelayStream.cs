using System.Net.Sockets;

namespace MultiMail.Mail;

/// <summary>
/// The octets to and from a relay, beneath TLS. The peer has a time for each answer however slowly it trickles in, and a length
/// that an answer cannot exceed; MailKit has neither.
/// </summary>
internal sealed class RelayStream : Stream
{
    private const int LongestAnswer = 256 * 1024;

    private readonly Socket _socket;
    private readonly ITimer _timer;
    private int _answer;
    private volatile bool _late;

    public RelayStream(Socket socket, TimeProvider clock)
    {
        _socket = socket;
        _timer = clock.CreateTimer(static self => ((RelayStream)self!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Counts from the start of each write.</summary>
    public TimeSpan ReplyWithin { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>The peer was too slow, and the connection was closed by us.</summary>
    public bool IsLate => _late;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Starts the time for an answer that no write of ours brings about: the greeting.</summary>
    public void Expect() => _timer.Change(ReplyWithin, Timeout.InfiniteTimeSpan);

    /// <summary>Nothing is awaited any more.</summary>
    public void Rest() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Anything to read on a resting connection is its end, or an answer to nothing.</summary>
    public bool IsQuiet()
    {
        try
        {
            return !_late && !_socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await _socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            _answer += read;
            return _answer <= LongestAnswer ? read : throw new IOException("The relay's answer is too long.");
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Lost(e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _answer = 0;
        Expect();
        try
        {
            while (buffer.Length > 0)
            {
                buffer = buffer[await _socket.SendAsync(buffer, cancellationToken).ConfigureAwait(false)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Lost(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer.Dispose();
            _socket.Dispose();
        }

        base.Dispose(disposing);
    }

    // A closed socket ends whatever waits on it, also where no token reaches.
    private void Expire()
    {
        _late = true;
        _socket.Dispose();
    }

    private IOException Lost(Exception inner) => new(_late ? "The relay did not answer in time." : "The connection was lost.", inner);
}
