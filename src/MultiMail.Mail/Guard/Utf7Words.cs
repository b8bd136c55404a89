using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Encoded words in UTF-7, which the parser does not know: the copy gets them in UTF-8.</summary>
internal static class Utf7Words
{
    private static readonly byte[][] Starts = ["=?utf-7?"u8.ToArray(), "=?unicode-1-1-utf-7?"u8.ToArray()];

    public static byte[]? Repair(ReadOnlySpan<byte> field)
    {
        ArrayBufferWriter<byte>? repaired = null;
        var done = 0;
        var at = 0;
        while (field[at..].IndexOf("-7?"u8) is >= 0 and var found)
        {
            var after = at + found + 3;
            var start = Start(field[..after]);
            at = after;
            if (start >= done && Word(field[after..], out var length) is { } text)
            {
                repaired ??= new ArrayBufferWriter<byte>(field.Length + 64);
                repaired.Write(field[done..start]);
                repaired.Write(Encoding.ASCII.GetBytes($"=?utf-8?b?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?="));
                done = after + length;
                at = done;
            }
        }

        repaired?.Write(field[done..]);
        return repaired?.WrittenSpan.ToArray();
    }

    private static int Start(ReadOnlySpan<byte> before)
    {
        foreach (var start in Starts)
        {
            if (before.Length >= start.Length && Ascii.EqualsIgnoreCase(before[^start.Length..], start))
            {
                return before.Length - start.Length;
            }
        }

        return -1;
    }

    /// <summary>The text of <c>q?…?=</c> or <c>b?…?=</c>; null when it is no encoded word.</summary>
    private static string? Word(ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        if (rest.Length < 4 || rest[1] != '?' || rest[2..].IndexOfAny((byte)'?', (byte)' ', (byte)'\n') is not (>= 0 and var end) || !rest[(2 + end)..].StartsWith("?="u8))
        {
            return null;
        }

        length = end + 4;
        var payload = rest.Slice(2, end);
        return (char)rest[0] switch
        {
            'q' or 'Q' => Decode(Quoted(payload)),
            'b' or 'B' => Decode(Unpacked(payload)),
            _ => null,
        };
    }

    private static string? Decode(byte[]? octets) =>
        octets is null ? null : BodyText.Clean(CharsetNames.Find("utf-7")!.GetString(octets));

    private static byte[]? Unpacked(ReadOnlySpan<byte> payload)
    {
        var octets = new byte[Base64.GetMaxDecodedFromUtf8Length(payload.Length) + 3];
        return Base64.DecodeFromUtf8(payload, octets, out _, out var written) == OperationStatus.Done ? octets[..written] : null;
    }

    private static byte[] Quoted(ReadOnlySpan<byte> payload)
    {
        var octets = new byte[payload.Length];
        var used = 0;
        for (var i = 0; i < payload.Length; i++)
        {
            if (payload[i] == '=' && i + 2 < payload.Length && byte.TryParse(payload.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                octets[used++] = octet;
                i += 2;
            }
            else
            {
                octets[used++] = payload[i] == '_' ? (byte)' ' : payload[i];
            }
        }

        return octets[..used];
    }
}
