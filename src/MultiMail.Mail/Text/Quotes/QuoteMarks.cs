using System.Buffers;
using System.Collections.Frozen;

namespace MultiMail.Mail;

/// <summary>Recognises the lines that mail programs put above a quoted message.</summary>
internal static class QuoteMarks
{
    private const int MaxAttributionLines = 3;
    private const int MaxAttribution = 400;
    private const int MaxBlock = 8;
    private const string LineMarks = "-_=*—─ \t\u200E\uFEFF";
    private static readonly SearchValues<char> DatesAndAddresses = SearchValues.Create("0123456789@");

    /// <summary><c>-----Original Message-----</c> and its translations.</summary>
    public static bool IsOriginal(ReadOnlySpan<char> line) =>
        HasDashes(line) && Between(line) is { IsEmpty: false } words && QuoteWords.Original.GetAlternateLookup<ReadOnlySpan<char>>().Contains(words);

    /// <summary><c>---------- Forwarded message ---------</c>, <c>Begin forwarded message:</c> and their translations.</summary>
    public static bool IsForward(ReadOnlySpan<char> line)
    {
        var words = line.Trim();
        if (words.Length is < 8 or > 120 || !(HasDashes(words) || words[^1] is ':' or '：'))
        {
            return false;
        }

        foreach (var mark in QuoteWords.Forwarded)
        {
            if (words.Contains(mark, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return words.Contains("İleti başlangıcı", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Fields of the earlier message as text: From, and two of date, To and Subject in the lines after it.</summary>
    public static bool IsHeaderBlock(TextLines lines, int at)
    {
        if (!IsField(lines[at], QuoteWords.From))
        {
            return false;
        }

        var (date, to, subject) = (false, false, false);
        for (var line = at + 1; line < Math.Min(lines.Count, at + MaxBlock); line++)
        {
            date |= IsField(lines[line], QuoteWords.Date);
            to |= IsField(lines[line], QuoteWords.To);
            subject |= IsField(lines[line], QuoteWords.Subject);
        }

        return (date ? 1 : 0) + (to ? 1 : 0) + (subject ? 1 : 0) >= 2;
    }

    /// <summary>
    /// Whether "On … wrote:" ends in that line; then how many lines it has, else 0. It may be broken over three.
    /// </summary>
    /// <param name="certain">It names a time of day or an address, as people who quote in prose do not.</param>
    public static int Attribution(TextLines lines, int end, out bool certain)
    {
        certain = false;
        if (!Ends(lines[end]))
        {
            return 0;
        }

        var found = 0;
        for (var count = 1; count <= MaxAttributionLines && end - count + 1 >= 0; count++)
        {
            var start = end - count + 1;
            if (lines.IsBlank(start) || lines.End(end) - lines.Start(start) > MaxAttribution || lines[start].TrimStart().StartsWith(">"))
            {
                break;
            }

            var text = lines.Text.AsSpan(lines.Start(start), lines.End(end) - lines.Start(start)).Trim(LineMarks);
            var leads = Leads(text);
            if ((found == 0 || leads) && Says(text) && (leads || text.Contains('@') || char.IsAsciiDigit(text[0])))
            {
                found = count;
                certain = text.Contains('@') || HasTime(text);
            }
        }

        return found;
    }

    /// <summary>The subject of what somebody passes on.</summary>
    public static bool IsForwardSubject(string subject)
    {
        var colon = subject.AsSpan().IndexOfAny(':', '：');
        return colon is > 0 and < 20 && QuoteWords.ForwardPrefixes.Contains(subject[..colon].Trim());
    }

    /// <summary>A rule of underscores or dashes, as Outlook draws above the fields.</summary>
    public static bool IsRule(ReadOnlySpan<char> line) => line.Trim() is { Length: >= 8 } text && !text.ContainsAnyExcept("_-─");

    private static bool HasDashes(ReadOnlySpan<char> line) => line.TrimStart(" \t").StartsWith("--") || line.TrimStart(" \t").StartsWith("__");

    private static ReadOnlySpan<char> Between(ReadOnlySpan<char> line) => line.Length > 120 ? [] : line.Trim(LineMarks);

    // Some programs write the labels in bold: *From:*.
    private static bool IsField(ReadOnlySpan<char> line, FrozenSet<string> names)
    {
        var text = line.TrimStart(LineMarks);
        var colon = text.IndexOfAny(':', '：');
        return colon is > 0 and < 24 && text.Length > colon + 2 && names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..colon].Trim(" *\u00A0"));
    }

    private static bool Ends(ReadOnlySpan<char> line) => line.TrimEnd(" \t*\u00A0") is { IsEmpty: false } text && text[^1] is ':' or '：';

    private static bool Leads(ReadOnlySpan<char> text)
    {
        foreach (var leader in QuoteWords.Leaders)
        {
            if (text.StartsWith(leader, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Says(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(DatesAndAddresses))
        {
            return false;
        }

        foreach (var verb in QuoteWords.Wrote)
        {
            var at = text.IndexOf(verb, StringComparison.OrdinalIgnoreCase);
            if (at > 0 && (!char.IsLetter(text[at - 1]) || verb[0] > 0x2E80) && (at + verb.Length == text.Length || !char.IsLetter(text[at + verb.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTime(ReadOnlySpan<char> text)
    {
        for (var at = 1; at + 2 < text.Length; at++)
        {
            if (text[at] is ':' or '.' or 'h' && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]))
            {
                return true;
            }
        }

        return false;
    }
}
