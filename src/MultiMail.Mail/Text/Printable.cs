using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Text that may be quoted in an error: short, and with nothing invisible in it.</summary>
internal static class Printable
{
    private const int Longest = 80;

    public static string Shorten(string text)
    {
        var result = new StringBuilder(Longest);
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length >= Longest)
            {
                return result.Append('…').ToString();
            }

            result.Append(Show(rune));
        }

        return result.ToString();
    }

    public static string Show(char c) => Rune.TryCreate(c, out var rune) ? Show(rune) : Code(c);

    public static string Show(Rune rune) => IsInvisible(rune) ? Code(rune.Value) : rune.ToString();

    public static string Code(int codePoint) => string.Create(CultureInfo.InvariantCulture, $"U+{codePoint:X4}");

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
