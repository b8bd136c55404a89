namespace MultiMail.Core.Ids;

/// <summary>Crockford's base32, upper case, without check symbol. The first character carries the spare high bits, so texts sort as the bytes do.</summary>
public static class CrockfordBase32
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var length = ((bytes.Length * 8) + 4) / 5;
        Span<char> text = length <= 64 ? stackalloc char[length] : new char[length];
        var bits = (length * 5) - (bytes.Length * 8); // zero bits in front
        var buffer = 0;
        var at = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[at++] = Alphabet[(buffer >> bits) & 31];
            }

            buffer &= (1 << bits) - 1;
        }

        return new string(text);
    }

    /// <summary>Exact inverse of <see cref="Encode"/>: one spelling only, no case folding, no look-alikes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var length = ((bytes.Length * 8) + 4) / 5;
        if (text.Length != length)
        {
            return false;
        }

        var bits = -((length * 5) - (bytes.Length * 8));
        var buffer = 0;
        var at = 0;
        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            buffer = (buffer << 5) | digit;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                if (buffer >> bits > 255)
                {
                    return false; // the spare high bits must be zero
                }

                bytes[at++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        return at == bytes.Length;
    }
}
