using System.Buffers;

namespace MultiMail.Mail;

/// <summary>Limits of one header field, and the repair of encoded words that the parser would not read.</summary>
internal static class FieldLimits
{
    public const int MaxField = 64 * 1024;
    public const int UnfoldFrom = 8 * 1024;
    public const int MaxEncodedWords = 500;
    public const int MaxParameters = 200;
    public const int MaxAddresses = 1_000;
    public const int MaxIds = 200;
    private const int FirstIds = 10;
    private const int MaxNesting = 1_000;

    /// <summary>The field as the parser shall see it; null when nothing changes.</summary>
    public static byte[]? Apply(ReadOnlySpan<byte> field, HashSet<string> defects)
    {
        byte[]? changed = null;

        // Ids first: they keep both ends of the field, which a cut at the end would lose.
        if (field.Length > MaxIds && FieldName.IsIds(field) && TrimIds(field) is { } ids)
        {
            changed = ids;
            defects.Add("too_many_references");
        }

        if ((changed ?? field).Length > MaxField)
        {
            changed = Cut(changed ?? field, MaxField);
            defects.Add("field_too_long");
        }

        if ((changed ?? field).Length >= UnfoldFrom)
        {
            changed = Unfold(changed ?? field);
        }

        var end = Excess(changed ?? field);
        if (end >= 0)
        {
            changed = Cut(changed ?? field, end);
            defects.Add("field_too_complex");
        }

        changed = Utf7Words.Repair(changed ?? field) ?? changed;
        return EncodedWordPadding.Repair(changed ?? field) ?? changed;
    }

    /// <summary>Where the first item beyond a limit begins; -1 when all are kept.</summary>
    private static int Excess(ReadOnlySpan<byte> field)
    {
        if (field.Length <= MaxParameters)
        {
            return -1;
        }

        var end = Nth(field, "=?"u8, MaxEncodedWords);
        if (end < 0 && FieldName.IsContent(field))
        {
            end = Nth(field, ";"u8, MaxParameters);
        }

        if (end < 0 && FieldName.IsAddresses(field))
        {
            end = Nth(field, ","u8, MaxAddresses);
            end = end >= 0 ? end : Nth(field, "("u8, MaxNesting);
            end = end >= 0 ? end : Nth(field, ":"u8, MaxNesting);
        }

        return end;
    }

    private static int Nth(ReadOnlySpan<byte> field, ReadOnlySpan<byte> mark, int allowed)
    {
        var at = 0;
        for (var count = 0; ; count++)
        {
            var found = field[at..].IndexOf(mark);
            if (found < 0)
            {
                return -1;
            }

            if (count == allowed)
            {
                return at + found;
            }

            at += found + mark.Length;
        }
    }

    private static byte[] Cut(ReadOnlySpan<byte> field, int length) => [.. field[..length], .. "\r\n"u8];

    private static byte[] Unfold(ReadOnlySpan<byte> field)
    {
        var line = new ArrayBufferWriter<byte>(field.Length);
        while (!field.IsEmpty)
        {
            var end = field.IndexOf((byte)'\n');
            line.Write((end < 0 ? field : field[..end]).TrimEnd((byte)'\r'));
            field = end < 0 ? [] : field[(end + 1)..];
        }

        line.Write("\r\n"u8);
        return line.WrittenSpan.ToArray();
    }

    private static byte[]? TrimIds(ReadOnlySpan<byte> field)
    {
        if (Nth(field, "<"u8, MaxIds) < 0)
        {
            return null;
        }

        var head = Nth(field, "<"u8, FirstIds);
        var tail = field.Length;
        for (var count = 0; count < MaxIds - FirstIds; count++)
        {
            tail = field[..tail].LastIndexOf((byte)'<');
        }

        return [.. field[..head], .. field[tail..]];
    }
}
