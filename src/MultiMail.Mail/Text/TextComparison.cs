using System.Text;

namespace MultiMail.Mail;

/// <summary>Whether two alternatives of one message say the same. Layout, links and small words do not count.</summary>
internal static class TextComparison
{
    private const int MaxChars = 100_000;
    private const int FewWords = 5;
    private const double Share = 0.25;

    public static bool Differ(string plain, string visible)
    {
        var one = Words(plain);
        var other = Words(visible);
        return Lacks(one, other) || Lacks(other, one);
    }

    private static bool Lacks(HashSet<string> words, HashSet<string> in_)
    {
        var missing = words.Count(word => !in_.Contains(word));
        return missing >= FewWords && missing > words.Count * Share;
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var cut = text.Length > MaxChars ? text[..MaxChars] : text;
        foreach (var piece in cut.Split([' ', '\n', '\r', '\t', '\u00A0'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!piece.Contains("://", StringComparison.Ordinal) && !piece.Contains('@', StringComparison.Ordinal))
            {
                Add(words, piece);
            }
        }

        return words;
    }

    private static void Add(HashSet<string> words, string piece)
    {
        var word = new StringBuilder();
        foreach (var rune in piece.EnumerateRunes())
        {
            if (rune.Value >= 0x2E80)
            {
                words.Add(rune.ToString()); // scripts that do not part words with blanks: each character counts
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else
            {
                Flush(words, word);
            }
        }

        Flush(words, word);
    }

    private static void Flush(HashSet<string> words, StringBuilder word)
    {
        if (word.Length > 2)
        {
            words.Add(word.ToString());
        }

        word.Clear();
    }
}
