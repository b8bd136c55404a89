using System.Text;

namespace MultiMail.Core.Privacy;

/// <summary>
/// Looks for an address in bytes of any kind: UTF-8, single-byte charsets, UTF-16, quoted-printable (RFC 2045 §6.7, and with it the Q
/// encoding of RFC 2047), base64 (§6.8) at every alignment, and these inside one another. What is compressed or encrypted it cannot see.
/// </summary>
internal sealed class EncodedSearch
{
    private const int Deepest = 4;
    private readonly AddressTrace _trace;
    private readonly int _shortestRun;

    public EncodedSearch(AddressTrace trace)
    {
        _trace = trace;
        _shortestRun = trace.Forms.Min(f => f.Length) * 4 / 3;
    }

    public bool IsIn(byte[] bytes) => IsIn(bytes, 0);

    private bool IsIn(byte[] bytes, int depth)
    {
        if (AsText(bytes))
        {
            return true;
        }

        var plain = bytes.AsSpan().Contains((byte)'=') ? FromQuotedPrintable(bytes) : null;
        if (plain is not null && plain.Length != bytes.Length && AsText(plain))
        {
            return true;
        }

        return InEncodedWord(bytes) || (depth < Deepest && InBase64(bytes, depth));
    }

    private bool AsText(byte[] bytes) =>
        _trace.IsIn(Encoding.UTF8.GetString(bytes))
        || (!Ascii.IsValid(bytes) && _trace.IsIn(Encoding.Latin1.GetString(bytes)))
        || (bytes.AsSpan().Contains((byte)0) && AsUtf16(bytes));

    // RFC 2047 §4.2: in a Q word an underscore is a blank, which ends what looks like a longer local part.
    private bool InEncodedWord(byte[] bytes)
    {
        for (var rest = bytes.AsSpan(); rest.IndexOf("?q?"u8) is var lower && rest.IndexOf("?Q?"u8) is var upper && Math.Max(lower, upper) >= 0;)
        {
            rest = rest[((lower < 0 || (upper >= 0 && upper < lower) ? upper : lower) + 3)..];
            var word = rest.IndexOf("?="u8) is var end and >= 0 ? rest[..end] : rest;
            var spaced = word.ToArray();
            spaced.AsSpan().Replace((byte)'_', (byte)' ');
            if (AsText(FromQuotedPrintable(spaced)))
            {
                return true;
            }
        }

        return false;
    }

    private bool AsUtf16(byte[] bytes)
    {
        foreach (var start in (int[])[0, 1])
        {
            var length = (bytes.Length - start) & ~1;
            if (length > 0 && (_trace.IsIn(Encoding.Unicode.GetString(bytes, start, length)) || _trace.IsIn(Encoding.BigEndianUnicode.GetString(bytes, start, length))))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] FromQuotedPrintable(byte[] bytes)
    {
        var plain = new byte[bytes.Length];
        var n = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '=')
            {
                plain[n++] = bytes[i];
                continue;
            }

            if (SoftBreak(bytes, i + 1) is var skip and > 0)
            {
                i += skip;
            }
            else if (i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                plain[n++] = (byte)((Hex(bytes[i + 1]) << 4) | Hex(bytes[i + 2]));
                i += 2;
            }
            else
            {
                plain[n++] = bytes[i];
            }
        }

        return plain[..n];
    }

    // Blanks between = and the line end were added on the way (§6.7 rule 3).
    private static int SoftBreak(byte[] bytes, int from)
    {
        var i = from;
        while (i < bytes.Length && bytes[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        if (i < bytes.Length && bytes[i] == '\r')
        {
            i++;
        }

        return i < bytes.Length && bytes[i] == '\n' ? i - from + 1 : 0;
    }

    private static int Hex(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private bool InBase64(byte[] bytes, int depth)
    {
        var run = new List<byte>();
        foreach (var b in bytes)
        {
            if (IsBase64(b))
            {
                run.Add(b);
            }
            else if (b is not ((byte)'\r' or (byte)'\n'))
            {
                if (InRun(run, depth))
                {
                    return true;
                }

                run.Clear();
            }
        }

        return InRun(run, depth);
    }

    // A word may stand right before the first line, so the run is read from each of the four places of a group.
    private bool InRun(List<byte> run, int depth)
    {
        if (run.Count < _shortestRun)
        {
            return false;
        }

        var letters = Encoding.ASCII.GetString([.. run]);
        for (var start = 0; start < 4; start++)
        {
            if (Decode(letters.AsSpan(start)) is { Length: > 0 } plain && IsIn(plain, depth + 1))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Decode(ReadOnlySpan<char> letters)
    {
        var whole = letters.Length - (letters.Length % 4 == 1 ? 1 : 0);
        var padded = letters[..whole].ToString().Replace('-', '+').Replace('_', '/');
        padded += new string('=', (4 - (whole % 4)) % 4);
        var plain = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, plain, out var written) ? plain[..written] : [];
    }

    // With - and _: links carry the URL alphabet (RFC 4648 §5).
    private static bool IsBase64(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/' or (byte)'-' or (byte)'_';
}
