using System.Buffers;
using System.Text;

namespace MultiMail.Mail;

internal enum FrameFault
{
    None,

    /// <summary>The line has not ended yet.</summary>
    Incomplete,

    /// <summary>Longer than RFC 5321 §4.5.3.1.4 lets a command be.</summary>
    TooLong,

    /// <summary>A CR or LF that stands alone (RFC 5321 §2.3.8).</summary>
    BareLineEnd,

    /// <summary>An octet that is not printable ASCII.</summary>
    NotPrintable,
}

/// <summary>Cuts one command off the input. What it says depends on the octets alone, never on how they were cut into packets.</summary>
internal static class CommandFrame
{
    /// <summary>Octets, the CRLF included.</summary>
    public const int Longest = 512;

    /// <param name="length">Octets to consume, when the line ended.</param>
    /// <param name="line">Without its CRLF.</param>
    public static FrameFault Take(in ReadOnlySequence<byte> input, out int length, out string line)
    {
        Span<byte> copy = stackalloc byte[Longest];
        var size = (int)Math.Min(input.Length, Longest);
        ReadOnlySpan<byte> window = input.FirstSpan.Length >= size ? input.FirstSpan[..size] : Copied(input.Slice(0, size), copy);
        length = 0;
        line = string.Empty;
        var at = window.IndexOfAny((byte)'\r', (byte)'\n');
        if (at < 0 || (at == window.Length - 1 && window[at] == '\r'))
        {
            return size == Longest ? FrameFault.TooLong : FrameFault.Incomplete;
        }

        if (window[at] == '\n' || window[at + 1] != '\n')
        {
            return FrameFault.BareLineEnd;
        }

        length = at + 2;
        if (window[..at].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return FrameFault.NotPrintable;
        }

        line = Encoding.ASCII.GetString(window[..at]);
        return FrameFault.None;
    }

    private static ReadOnlySpan<byte> Copied(in ReadOnlySequence<byte> input, Span<byte> into)
    {
        input.CopyTo(into);
        return into[..(int)input.Length];
    }
}
