using System.Text;

namespace MultiMail.Mail;

/// <summary>Fields in blocks that blank lines part, as in the body of a report (RFC 3464 §2.1) and at the head of a returned message.</summary>
internal static class FieldBlocks
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxFields = 10_000;
    private const int MaxValue = 4_000;

    public static IReadOnlyList<FieldBlock> Parse(ReadOnlySpan<byte> bytes) => Parse(BodyText.Decode(Start(bytes), charset: null, html: false));

    public static IReadOnlyList<FieldBlock> Parse(string text)
    {
        var blocks = new List<FieldBlock>();
        var open = new List<(string Name, string Value)>();
        var value = new StringBuilder();
        var name = string.Empty;
        var count = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimEnd();
            if (!trimmed.IsEmpty && line[0] is ' ' or '\t')
            {
                Add(value, trimmed);
                continue;
            }

            Close(open, name, value);
            name = string.Empty;
            if (trimmed.IsEmpty)
            {
                Close(blocks, open);
                open = [];
            }
            else if (++count > MaxFields)
            {
                break;
            }
            else if (trimmed.IndexOf(':') is > 0 and var colon && Atoms.IsFieldName(trimmed[..colon].TrimEnd()))
            {
                name = trimmed[..colon].TrimEnd().ToString();
                Add(value, trimmed[(colon + 1)..]);
            }
        }

        Close(open, name, value);
        Close(blocks, open);
        return blocks;
    }

    // A character is not cut through, or the text would not be UTF-8 any more.
    private static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= MaxBytes)
        {
            return bytes;
        }

        var end = MaxBytes;
        while (end > MaxBytes - 4 && (bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return bytes[..end];
    }

    private static void Add(StringBuilder value, ReadOnlySpan<char> piece)
    {
        if (value.Length < MaxValue)
        {
            var text = piece.Trim();
            value.Append(value.Length > 0 ? " " : string.Empty).Append(text[..Math.Min(text.Length, MaxValue)]);
        }
    }

    private static void Close(List<(string Name, string Value)> open, string name, StringBuilder value)
    {
        if (name.Length > 0)
        {
            open.Add((name, BodyText.Clean(value.ToString())));
        }

        value.Clear();
    }

    private static void Close(List<FieldBlock> blocks, List<(string Name, string Value)> open)
    {
        if (open.Count > 0)
        {
            blocks.Add(new FieldBlock(open));
        }
    }
}

/// <summary>Fields in their order, unfolded.</summary>
internal sealed record FieldBlock(IReadOnlyList<(string Name, string Value)> Fields)
{
    /// <summary>First value of that name, without regard to case; null when it is missing or empty.</summary>
    public string? this[string name] => Fields.FirstOrDefault(field => Is(field.Name, name) && field.Value.Length > 0).Value;

    /// <summary>A field that comes a second time begins another recipient: some relays leave out the blank line.</summary>
    public IEnumerable<FieldBlock> SplitAt(string name)
    {
        var open = new List<(string Name, string Value)>();
        foreach (var field in Fields)
        {
            if (Is(field.Name, name) && open.Exists(earlier => Is(earlier.Name, name)))
            {
                yield return new FieldBlock(open);
                open = [];
            }

            open.Add(field);
        }

        yield return new FieldBlock(open);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
