namespace MultiMail.Mail;

/// <summary>
/// Stands between the network and MailKit: no byte is read that <see cref="ImapWatch"/> has not seen, and no read waits
/// longer than <see cref="ReadTimeout"/>, which the platform's streams forget when they read asynchronously.
/// </summary>
internal sealed class ImapGuard(Stream inner, ImapLimits limits, TimeProvider clock) : Stream
{
    private readonly ImapWatch _watch = new(limits);
    private long _sinceCommand;
    private long _budget = limits.PerCommand;
    private volatile bool _broken;

    /// <summary>Head of the last line that said OK, NO, BAD or BYE.</summary>
    public string LastStatus => _watch.LastStatus;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override bool CanTimeout => true;

    /// <summary>Milliseconds; MailKit lifts it while it idles.</summary>
    public override int ReadTimeout { get; set; } = Timeout.Infinite;

    public override int WriteTimeout { get; set; } = Timeout.Infinite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Narrows what the next commands may bring, in bytes; null = the limit itself.</summary>
    public void Allow(long? bytes) => Volatile.Write(ref _budget, Math.Min(bytes ?? limits.PerCommand, limits.PerCommand));

    public override int Read(byte[] buffer, int offset, int count) => Checked(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        var count = reading.IsCompletedSuccessfully || ReadTimeout <= 0
            ? await reading.ConfigureAwait(false)
            : await reading.AsTask().WaitAsync(TimeSpan.FromMilliseconds(ReadTimeout), clock, cancellationToken).ConfigureAwait(false);
        return Checked(buffer.Span[..count]);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Interlocked.Exchange(ref _sinceCommand, 0);
        inner.Write(buffer, offset, count);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Exchange(ref _sinceCommand, 0);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Checked(ReadOnlySpan<byte> read)
    {
        if (_broken)
        {
            throw new ImapGuardException("The server broke the limits before.");
        }

        try
        {
            if (Interlocked.Add(ref _sinceCommand, read.Length) > Volatile.Read(ref _budget))
            {
                throw new ImapGuardException("The server sent more than any answer may have.");
            }

            _watch.Feed(read);
            return read.Length;
        }
        catch (ImapGuardException)
        {
            _broken = true; // whoever reads on would be out of step
            throw;
        }
    }
}
