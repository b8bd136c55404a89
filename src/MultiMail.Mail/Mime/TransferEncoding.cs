using System.Buffers;
using System.Buffers.Text;

namespace MultiMail.Mail;

/// <summary>
/// The transfer encodings of RFC 2045 §6, chosen so that no relay has a reason to touch the bytes: nothing but lines of at
/// most 76 printable octets, none that ends in a blank or starts with a dot or <c>From </c>.
/// </summary>
internal static class TransferEncoding
{
    private const int MaxLine = 76;
    private const int SoftLimit = MaxLine - 1; // room for the = of a soft break
    private const int OctetsPerLine = 57;
    private static readonly SearchValues<byte> PlainText = SearchValues.Create([.. Enumerable.Range(32, 95).Append(9).Append(13).Append(10).Select(b => (byte)b)]);

    /// <summary>The name of the encoding that suits a text in CRLF lines; <see cref="Write"/> applies it.</summary>
    public static string ForText(ReadOnlySpan<byte> text)
    {
        if (IsSafe(text))
        {
            return "7bit";
        }

        var high = text.Length - CountBelow128(text);
        return high * 6 <= text.Length ? "quoted-printable" : "base64";
    }

    public static void Write(WireWriter wire, string encoding, ReadOnlySpan<byte> content)
    {
        switch (encoding)
        {
            case "7bit":
                wire.Bytes(content);
                break;
            case "base64":
                Base64Lines(wire, content);
                break;
            default:
                QuotedPrintable(wire, content);
                break;
        }
    }

    /// <summary>7-bit lines as they are; of a message inside a message only the frozen form is asked.</summary>
    private static bool IsSafe(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyExcept(PlainText))
        {
            return false;
        }

        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = text[..Math.Max(0, end < 0 ? text.Length : end - 1)];
            if (line.Length > MaxLine || line.EndsWith(" "u8) || line.EndsWith("\t"u8) || IsTouchedByRelays(line))
            {
                return false;
            }

            text = end < 0 ? [] : text[(end + 1)..];
        }

        return true;
    }

    private static bool IsTouchedByRelays(ReadOnlySpan<byte> line) => line.StartsWith("."u8) || line.StartsWith("From "u8);

    private static int CountBelow128(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var octet in text)
        {
            count += octet < 128 ? 1 : 0;
        }

        return count;
    }

    private static void Base64Lines(WireWriter wire, ReadOnlySpan<byte> content)
    {
        Span<byte> line = stackalloc byte[MaxLine + 2];
        while (!content.IsEmpty)
        {
            var take = Math.Min(OctetsPerLine, content.Length);
            Base64.EncodeToUtf8(content[..take], line, out _, out var written);
            "\r\n"u8.CopyTo(line[written..]);
            wire.Bytes(line[..(written + 2)]);
            content = content[take..];
        }
    }

    private static void QuotedPrintable(WireWriter wire, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var end = content.IndexOf("\r\n"u8);
            QuotedPrintableLine(wire, end < 0 ? content : content[..end]);
            if (end >= 0)
            {
                wire.Line();
            }

            content = end < 0 ? [] : content[(end + 2)..];
        }
    }

    private static void QuotedPrintableLine(WireWriter wire, ReadOnlySpan<byte> line)
    {
        Span<byte> output = stackalloc byte[MaxLine + 2];
        var used = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var mustEncode = MustEncode(line, i, atLineStart: used == 0);
            if (used + (mustEncode ? 3 : 1) > SoftLimit)
            {
                output[used++] = (byte)'=';
                wire.Bytes(output[..used]);
                wire.Line();
                used = 0;
                mustEncode = MustEncode(line, i, atLineStart: true);
            }

            if (mustEncode)
            {
                output[used++] = (byte)'=';
                output[used++] = Hex(line[i] >> 4);
                output[used++] = Hex(line[i] & 15);
            }
            else
            {
                output[used++] = line[i];
            }
        }

        wire.Bytes(output[..used]);
    }

    private static bool MustEncode(ReadOnlySpan<byte> line, int at, bool atLineStart)
    {
        var octet = line[at];
        if (octet is (byte)' ' or (byte)'\t')
        {
            return at == line.Length - 1;
        }

        if (octet is (byte)'=' or < 33 or > 126)
        {
            return true;
        }

        return atLineStart && octet is (byte)'.' or (byte)'F' && IsTouchedByRelays(line[at..]);
    }

    private static byte Hex(int nibble) => (byte)"0123456789ABCDEF"[nibble];
}
