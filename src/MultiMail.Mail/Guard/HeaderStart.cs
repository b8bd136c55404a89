namespace MultiMail.Mail;

/// <summary>Beginnings that make the parser give up: a byte order mark, line ends of CR alone, junk before the first field, no header at all.</summary>
internal static class HeaderStart
{
    private const int MaxJunkLines = 50;

    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> raw, HashSet<string> defects, out bool hasNoHeader)
    {
        var bytes = raw;
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
            defects.Add("byte_order_mark");
        }

        if (bytes.Span.Contains((byte)'\r') && !bytes.Span.Contains((byte)'\n'))
        {
            var lines = bytes.ToArray();
            lines.AsSpan().Replace((byte)'\r', (byte)'\n');
            bytes = lines;
            defects.Add("bare_cr_lines");
        }

        bytes = SkipBlankLines(bytes);
        var junk = JunkBefore(bytes.Span);
        hasNoHeader = junk < 0;
        if (junk > 0)
        {
            bytes = bytes[junk..];
            defects.Add("junk_before_header");
        }
        else if (junk < 0)
        {
            bytes = Before(bytes.Span);
            defects.Add("no_header");
        }

        return bytes;
    }

    /// <summary>A header that says nothing, in front of what has none.</summary>
    public static byte[] Before(ReadOnlySpan<byte> body) => [.. "MIME-Version: 1.0\r\n\r\n"u8, .. body];

    public static bool IsField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && !line[..colon].TrimEnd(" \t"u8).ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }

    private static ReadOnlyMemory<byte> SkipBlankLines(ReadOnlyMemory<byte> bytes) => bytes.TrimStart("\r\n"u8.ToArray());

    /// <summary>How many octets stand before the first field; -1 when there is none before the first blank line.</summary>
    private static int JunkBefore(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (var lines = 0; lines < MaxJunkLines && at < bytes.Length; lines++)
        {
            var end = bytes[at..].IndexOf((byte)'\n');
            var line = (end < 0 ? bytes[at..] : bytes[at..(at + end)]).TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                break;
            }

            if (IsField(line) || (lines == 0 && line.StartsWith("From "u8)))
            {
                return at;
            }

            at = end < 0 ? bytes.Length : at + end + 1;
        }

        return -1;
    }
}
