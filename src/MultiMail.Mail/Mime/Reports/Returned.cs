using MimeKit;

namespace MultiMail.Mail;

/// <summary>The message, or its header, that a report gives back.</summary>
internal static class Returned
{
    private const int MaxLines = 5_000;
    private const int LongestId = 998;

    /// <summary>From the first part that returns a message or its header.</summary>
    public static string? MessageId(ParsedMail mail)
    {
        foreach (var leaf in mail.Leaves.Where(IsReturned))
        {
            var block = FieldBlocks.Parse(mail.Decode(leaf)) is [var first, ..] ? first : null;
            if (Id(block?["Message-ID"]) is { } id)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Old bounces append the message to their text: the first field of that name at the start of a line.</summary>
    public static string? InText(string text)
    {
        const string Name = "message-id:";
        var left = MaxLines;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart(" >\t");
            if (trimmed.StartsWith(Name, StringComparison.OrdinalIgnoreCase) && Id(trimmed[Name.Length..].ToString()) is { } id)
            {
                return id;
            }

            if (--left == 0)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>What stands in the first pair of angle brackets, else the first word.</summary>
    public static string? Id(string? value)
    {
        var text = (value ?? string.Empty).AsSpan().Trim();
        var open = text.IndexOf('<');
        var close = open < 0 ? -1 : text[open..].IndexOf('>');
        var id = close > 0 ? text[(open + 1)..(open + close)].Trim() : text[..End(text)].Trim("<>");
        return id.IsEmpty || id.Length > LongestId ? null : id.ToString();
    }

    private static int End(ReadOnlySpan<char> text) => text.IndexOfAny(' ', '\t') is >= 0 and var blank ? blank : text.Length;

    private static bool IsReturned(MimeEntity leaf) => leaf.ContentType is { } type
        && (type.IsMimeType("message", "rfc822") || type.IsMimeType("text", "rfc822-headers") || type.IsMimeType("text", "rfc822-header")
            || type.IsMimeType("message", "global") || type.IsMimeType("message", "global-headers"));
}
