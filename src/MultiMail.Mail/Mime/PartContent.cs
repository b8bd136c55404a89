using System.Buffers.Text;
using MimeKit;

namespace MultiMail.Mail;

/// <summary>The bytes of a leaf after transfer decoding.</summary>
internal static class PartContent
{
    /// <summary>Empty for a part without content.</summary>
    public static byte[] Decode(MimeEntity entity) => entity is MimePart { Content: { } content } part
        ? LostPadding(part, content) ?? Plain(content)
        : [];

    private static byte[] Plain(IMimeContent content)
    {
        using var decoded = new MemoryStream();
        content.DecodeTo(decoded);
        return decoded.ToArray();
    }

    /// <summary>Base64 that ends in the middle of a group: the parser drops what RFC 4648 §3.2 lets us read.</summary>
    private static byte[]? LostPadding(MimePart part, IMimeContent content)
    {
        if (part.ContentTransferEncoding != ContentEncoding.Base64)
        {
            return null;
        }

        using var encoded = new MemoryStream();
        content.WriteTo(encoded);
        var symbols = encoded.GetBuffer().AsSpan(0, (int)encoded.Length);
        if (symbols.Contains((byte)'='))
        {
            return null;
        }

        var kept = 0;
        foreach (var symbol in symbols)
        {
            if (char.IsAsciiLetterOrDigit((char)symbol) || symbol is (byte)'+' or (byte)'/')
            {
                symbols[kept++] = symbol;
            }
        }

        var whole = kept / 4 * 4;
        var rest = kept - whole;
        if (rest < 2)
        {
            return null;
        }

        // The bits that padding would have made void must be zero for the strict decoder.
        symbols[kept - 1] = Canonical(symbols[kept - 1], rest == 2 ? 0x30 : 0x3C);
        var padded = new byte[whole + 4];
        symbols[..kept].CopyTo(padded);
        padded.AsSpan(kept).Fill((byte)'=');
        var result = new byte[Base64.GetMaxDecodedFromUtf8Length(padded.Length)];
        _ = Base64.DecodeFromUtf8(padded, result, out _, out var written);
        return result[..written];
    }

    private static byte Canonical(byte symbol, int mask)
    {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        return alphabet[alphabet.IndexOf(symbol) & mask];
    }
}
