using System.Buffers;

namespace MultiMail.Mail;

/// <summary>One message while it comes in: a pooled array that grows, and that is given up as soon as the message is too large.</summary>
internal sealed class MessageBuffer(int limit, SmtpMemoryBudget? budget) : IDisposable
{
    private const int Smallest = 8 * 1024;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>Octets of the message so far, kept or not.</summary>
    public long Seen { get; private set; }

    public bool TooLarge { get; private set; }

    /// <summary>The sessions together hold too much: not the sender's fault.</summary>
    public bool NoRoom { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    public void Append(ReadOnlySpan<byte> more)
    {
        Seen += more.Length;
        if (TooLarge || NoRoom)
        {
            return;
        }

        if (Seen > limit)
        {
            TooLarge = true;
            Dispose();
        }
        else if (_length + more.Length <= _bytes.Length || TryGrow(_length + more.Length))
        {
            more.CopyTo(_bytes.AsSpan(_length));
            _length += more.Length;
        }
        else
        {
            NoRoom = true;
            Dispose();
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            budget?.Give(_bytes.Length);
        }

        _bytes = [];
        _length = 0;
    }

    private bool TryGrow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Smallest, Math.Max(needed, (int)Math.Min(limit, 2L * _bytes.Length))));
        if (budget?.TryTake(larger.Length) == false)
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        var length = _length;
        _bytes.AsSpan(0, length).CopyTo(larger);
        Dispose();
        (_bytes, _length) = (larger, length);
        return true;
    }
}
