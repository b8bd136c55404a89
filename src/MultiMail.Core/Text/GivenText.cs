using System.Text;

namespace MultiMail.Core.Text;

/// <summary>A caller's text within bounds: no control characters, no half characters, trimmed; empty is null.</summary>
internal static class GivenText
{
    /// <param name="max">UTF-16 characters.</param>
    public static string? Line(Faults faults, string field, string? given, int max) => Checked(faults, field, given, max, lines: false);

    /// <summary>May hold line ends and tabs; CRLF becomes LF.</summary>
    public static string? Lines(Faults faults, string field, string? given, int max) => Checked(faults, field, given?.Replace("\r\n", "\n", StringComparison.Ordinal), max, lines: true);

    /// <summary>Whether it is whole characters without controls, save line ends and tabs where they may be.</summary>
    public static bool IsPlain(string text, bool lines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c) && !Rune.TryGetRuneAt(text, i, out _))
            {
                return false;
            }

            // U+2028 and U+2029 are line ends to some readers.
            var isBreak = lines ? char.IsControl(c) && c is not ('\n' or '\t') : char.IsControl(c) || c is '\u2028' or '\u2029';
            if (isBreak)
            {
                return false;
            }

            i += char.IsHighSurrogate(c) ? 1 : 0;
        }

        return true;
    }

    private static string? Checked(Faults faults, string field, string? given, int max, bool lines)
    {
        var text = given?.Trim();
        faults.MaxLength(field, text, max);
        if (text is not null && !IsPlain(text, lines))
        {
            faults.Invalid(
                field, $"{field} holds a control character or half of a character.",
                lines ? $"Remove control characters from {field}; line breaks and tabs may stay." : $"Remove line breaks and other control characters from {field}.");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }
}
