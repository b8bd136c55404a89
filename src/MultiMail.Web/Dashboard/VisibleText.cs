using System.Globalization;
using System.Text;

namespace MultiMail.Web.Dashboard;

/// <summary>Shows what is meant not to be seen: characters without a glyph, and those that turn the reading direction.</summary>
internal static class VisibleText
{
    /// <summary>Each such code point as <c>⟦U+202E⟧</c>; line breaks and tabs stay when <paramref name="lines"/> is true.</summary>
    public static string Show(string? text, bool lines = false)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune.Value) && !(lines && rune.Value is '\n' or '\t' or '\r'))
            {
                shown.Append(CultureInfo.InvariantCulture, $"⟦U+{rune.Value:X4}⟧");
            }
            else
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }

    private static bool IsHidden(int c) =>
        c is < 0x20 or (>= 0x7F and <= 0x9F) or 0xAD or 0x061C or 0x3164 or 0xFFA0 or 0xFEFF or 0x180E
            or (>= 0x115F and <= 0x1160) or (>= 0x200B and <= 0x200F) or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F)
            or (>= 0xE0000 and <= 0xE007F) or (>= 0xE0100 and <= 0xE01EF);
}
