using System.Buffers;

namespace MultiMail.Mail;

/// <summary>Addresses that the text of a bounce names.</summary>
internal static class NamedAddress
{
    private const int Longest = 320;
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t>,;:\"'()[]<");

    /// <summary>The address with which a line begins, after blanks, brackets, quotes and bullets.</summary>
    public static string? Leading(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart(" \t*-<\"'(");
        return Valid(text[..End(text)]);
    }

    /// <summary>In the order of their lines: in brackets first, then any.</summary>
    public static IEnumerable<string> Anywhere(IReadOnlyList<string> lines) =>
        lines.SelectMany(line => All(line, bracketed: true)).Concat(lines.SelectMany(line => All(line, bracketed: false)));

    private static List<string> All(string line, bool bracketed)
    {
        var found = new List<string>();
        var rest = line.AsSpan();
        while (found.Count < 10 && rest.IndexOf('@') is >= 0 and var at)
        {
            var start = rest[..at].LastIndexOfAny(Ends) + 1;
            var end = at + End(rest[at..]);
            var isBracketed = start > 0 && rest[start - 1] == '<' && end < rest.Length && rest[end] == '>';
            if ((isBracketed || !bracketed) && Valid(rest[start..end]) is { } address)
            {
                found.Add(address);
            }

            rest = rest[(at + 1)..];
        }

        return found;
    }

    private static int End(ReadOnlySpan<char> text) => text.IndexOfAny(Ends) is >= 0 and var end ? end : text.Length;

    private static string? Valid(ReadOnlySpan<char> word)
    {
        var text = word.TrimEnd(".!?…");
        return text.Length is > 2 and <= Longest && text.Contains('@') && MailboxAddress.TryParse(text.ToString(), out var address, out _) ? address.AddrSpec : null;
    }
}
