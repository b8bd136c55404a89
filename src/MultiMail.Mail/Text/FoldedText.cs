using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Words as they look, for comparison with a list: whoever writes them in other letters writes the same words.</summary>
public static class FoldedText
{
    /// <summary>
    /// The words of a text, of letters, digits and <c>_</c>: small, without marks and invisible characters, each letter as the one that it
    /// looks like (UTS #39 §4). Apostrophes are left out. Both sides of a comparison must be folded: <c>m</c> looks like <c>rn</c>.
    /// Linear; never throws.
    /// </summary>
    /// <param name="maxChars">What follows in the text is not looked at.</param>
    public static IReadOnlyList<string> Words(string text, int maxChars = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        var part = text.Length <= maxChars ? text : text[..maxChars];
        var words = new List<string>();
        var word = new StringBuilder();
        var looks = new List<int>(4);
        foreach (var point in Points(part))
        {
            if (point is '\'' or 0x2019 || InvisibleCharacters.ClassOf(point) is not null || IsMark(point))
            {
                continue;
            }

            if (point != '_' && !IsWordPart(point))
            {
                End(word, words);
                continue;
            }

            looks.Clear();
            ConfusableTable.Append(Small(point), looks);
            foreach (var look in looks.Where(look => !IsMark(look)))
            {
                word.Append(new Rune(Small(look)).ToString());
            }
        }

        End(word, words);
        return words;
    }

    // Half surrogate pairs become U+FFFD, which ends a word.
    private static IEnumerable<int> Points(string text)
    {
        var points = text.EnumerateRunes().Select(rune => rune.Value);
        return text.AsSpan().ContainsAnyExceptInRange('\0', '\x7f') ? Nfc.Decomposed(points) : points;
    }

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }

    private static int Small(int point) => point switch
    {
        < 0x80 => char.ToLowerInvariant((char)point),
        >= 0xFF01 and <= 0xFF5E => Small(point - 0xFEE0), // full-width ASCII, which the table has in part
        _ => Rune.ToLowerInvariant(new Rune(point)).Value,
    };

    private static bool IsMark(int point) =>
        point > 0x7F && Rune.GetUnicodeCategory(new Rune(point)) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Symbols count where they stand for letters, as circled and mathematical ones do.
    private static bool IsWordPart(int point) => point < 0x80
        ? char.IsAsciiLetterOrDigit((char)point)
        : Rune.IsLetterOrDigit(new Rune(point)) || Nfc.IsCompatibilityLetter(new Rune(point));
}
