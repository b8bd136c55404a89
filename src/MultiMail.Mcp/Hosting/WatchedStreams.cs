namespace MultiMail.Mcp.Hosting;

/// <summary>stdout of a <c>stdio</c> node: tells when the first answer has gone out, because start-up work waits for it.</summary>
internal sealed class FirstAnswerStream(Stream inner, Action answered) : PassThroughStream(inner)
{
    private Action? _answered = answered;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Inner.WriteAsync(buffer, cancellationToken);
        await Inner.FlushAsync(cancellationToken);
        Interlocked.Exchange(ref _answered, null)?.Invoke();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Inner.Write(buffer, offset, count);
        Inner.Flush();
        Interlocked.Exchange(ref _answered, null)?.Invoke();
    }
}

/// <summary>stdin of a <c>stdio</c> node: tells when the client has closed it, even while a call runs.</summary>
internal sealed class EndOfInputStream(Stream inner, Action ended) : PassThroughStream(inner)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Ended(await Inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) => Ended(Inner.Read(buffer, offset, count), count);

    private int Ended(int read, int wanted)
    {
        if (read == 0 && wanted > 0)
        {
            ended();
        }

        return read;
    }
}

/// <summary>A stream that hands everything on.</summary>
internal abstract class PassThroughStream(Stream inner) : Stream
{
    protected Stream Inner => inner;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
