namespace MultiMail.Mail;

/// <summary>Status codes in the words of relays: enhanced ones (RFC 3463) and SMTP replies (RFC 5321 §4.2).</summary>
internal static class StatusCode
{
    /// <summary>The first <c>class.subject.detail</c> of class 2, 4 or 5 that is no piece of a longer number, such as an address of a host.</summary>
    public static string? Enhanced(ReadOnlySpan<char> text)
    {
        for (var at = 0; at + 4 < text.Length; at++)
        {
            if (text[at] is '2' or '4' or '5' && text[at + 1] == '.' && (at == 0 || !IsNumeric(text[at - 1])))
            {
                var length = Length(text[at..]);
                if (length > 0)
                {
                    return text.Slice(at, length).ToString();
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The first reply code of class 4 or 5 that begins a line, or follows a colon, an arrow or a bracket, with words behind it.
    /// </summary>
    public static int? Reply(ReadOnlySpan<char> line)
    {
        for (var at = 0; at + 3 < line.Length; at++)
        {
            if (line[at] is '4' or '5' && line[at + 1] is >= '0' and <= '5' && char.IsAsciiDigit(line[at + 2]) && Leads(line[..at]) && Speaks(line[(at + 3)..]))
            {
                return int.Parse(line.Slice(at, 3), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>The general one of the same class.</summary>
    public static string OfReply(int reply) => reply >= 500 ? "5.0.0" : "4.0.0";

    public static bool IsGeneral(string status) => status.EndsWith(".0.0", StringComparison.Ordinal);

    private static int Length(ReadOnlySpan<char> text)
    {
        var subject = Digits(text[2..]);
        if (subject is 0 or > 3 || text.Length <= subject + 3 || text[2 + subject] != '.')
        {
            return 0;
        }

        var end = subject + 3;
        var detail = Digits(text[end..]);
        end += detail;
        var goesOn = end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));
        return detail is 0 or > 3 || goesOn ? 0 : end;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && count < 4 && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsNumeric(char c) => char.IsAsciiLetterOrDigit(c) || c == '.';

    private static bool Leads(ReadOnlySpan<char> before)
    {
        var text = before.TrimEnd();
        return text.IsEmpty || text[^1] is ':' or '>' or '<' or '(' or '[' or '"' or '\'' or ';' or '=';
    }

    private static bool Speaks(ReadOnlySpan<char> after) =>
        after[0] is ' ' or '-' or ':' && after[1..].TrimStart(" -:") is { IsEmpty: false } words && (char.IsLetter(words[0]) || words[0] is '<' or '#' or '\'' or '"' or '[' or '(' || Enhanced(words) is not null);
}
