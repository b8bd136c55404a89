using System.Buffers;
using System.Security.Cryptography;

namespace MultiMail.Mail;

/// <summary>Hashes what is written to it, in pieces of a few kilobytes.</summary>
internal sealed class HashOutput : IBufferWriter<byte>, IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[4_096];
    private int used;

    public void Advance(int count) => used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(sizeHint);
        return buffer.AsMemory(used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Room(sizeHint);
        return buffer.AsSpan(used);
    }

    public byte[] Finish()
    {
        Flush();
        return hash.GetHashAndReset();
    }

    public void Dispose() => hash.Dispose();

    private void Room(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (buffer.Length - used >= wanted)
        {
            return;
        }

        Flush();
        if (buffer.Length < wanted)
        {
            buffer = new byte[wanted];
        }
    }

    private void Flush()
    {
        hash.AppendData(buffer, 0, used);
        used = 0;
    }
}
