using System.Globalization;
using System.Text;

namespace MultiMail.Mcp.Commands;

/// <summary>
/// Other people's words for a terminal: control and formatting characters, which could move the cursor, hide text or
/// turn it round, are shown by their number.
/// </summary>
internal static class SafeText
{
    /// <summary>For one line: line breaks become spaces.</summary>
    public static string Line(string? text, int longest = 200)
    {
        var safe = Block((text ?? string.Empty).ReplaceLineEndings(" "));
        return safe.Length <= longest ? safe : $"{safe[..(longest - 1)]}…";
    }

    /// <summary>For several lines: line feeds and tabs stay.</summary>
    public static string Block(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !Moves(rune))
            {
                safe.Append(rune);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"⟦U+{rune.Value:X4}⟧");
            }
        }

        return safe.ToString();
    }

    private static bool Moves(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
