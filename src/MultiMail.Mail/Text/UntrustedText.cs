using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Text of strangers without what people do not see. Linear; never throws.</summary>
public static class UntrustedText
{
    private const int Zwj = 0x200D;

    /// <summary>
    /// Composed form (NFC, not NFKC: what is shown stays what was written), invisible characters removed and counted by class.
    /// Emoji sequences joined with U+200D stay whole and are counted as <c>emoji_sequences</c>; line ends become LF.
    /// </summary>
    public static NormalisedText Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var removed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var lines = LineEnds.ToLf(text);
        if (IsPlain(lines))
        {
            return new NormalisedText(lines, removed);
        }

        var kept = new StringBuilder(lines.Length);
        var runes = Runes(lines, removed);
        for (var i = 0; i < runes.Count; i++)
        {
            var kind = InvisibleCharacters.ClassOf(runes[i].Value);
            if (kind is null || IsInEmoji(runes, i, removed))
            {
                kept.Append(runes[i]);
            }
            else
            {
                Count(removed, kind);
            }
        }

        return new NormalisedText(Nfc.Of(kept.ToString()), removed);
    }

    /// <summary>For a person who reviews: each character that <see cref="Normalise"/> would remove is shown as <c>⟦U+200B⟧</c>.</summary>
    public static string ShowInvisible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = LineEnds.ToLf(text);
        if (IsPlain(lines))
        {
            return lines;
        }

        var shown = new StringBuilder(lines.Length);
        var runes = Runes(lines, []);
        for (var i = 0; i < runes.Count; i++)
        {
            if (InvisibleCharacters.ClassOf(runes[i].Value) is null || IsInEmoji(runes, i, []))
            {
                shown.Append(runes[i]);
            }
            else
            {
                shown.Append('⟦').Append(Printable.Code(runes[i].Value)).Append('⟧');
            }
        }

        return shown.ToString();
    }

    // Printable ASCII with tabs and line ends: most mail, and the whole cost of it.
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(InvisibleCharacters.PlainAscii);

    private static List<Rune> Runes(string text, SortedDictionary<string, int> removed)
    {
        var runes = new List<Rune>(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done)
            {
                Count(removed, "lone_surrogates");
            }

            runes.Add(rune);
            rest = rest[used..];
        }

        return runes;
    }

    /// <summary>
    /// A joiner between two pictographs, or an emoji presentation selector right after one, belongs to what people see. A selector
    /// anywhere else, or a second one, can only carry hidden data.
    /// </summary>
    private static bool IsInEmoji(List<Rune> runes, int at, SortedDictionary<string, int> removed)
    {
        switch (runes[at].Value)
        {
            case Zwj:
                var joins = EndsPictograph(runes, at - 1) && at + 1 < runes.Count && IsPictograph(runes[at + 1]);
                if (joins)
                {
                    Count(removed, "emoji_sequences");
                }

                return joins;
            case 0xFE0F or 0xFE0E:
                return at > 0 && (IsPictograph(runes[at - 1]) || IsKeycap(runes, at));
            default:
                return false;
        }
    }

    private static bool EndsPictograph(List<Rune> runes, int at)
    {
        if (at >= 0 && runes[at].Value == 0xFE0F)
        {
            at--;
        }

        return at >= 0 && IsPictograph(runes[at]);
    }

    private static bool IsKeycap(List<Rune> runes, int at) =>
        at + 1 < runes.Count && runes[at + 1].Value == 0x20E3 && runes[at - 1].Value is (>= '0' and <= '9') or '#' or '*';

    private static bool IsPictograph(Rune rune) => rune.Value is >= 0x1F000 and <= 0x1FAFF or 0xA9 or 0xAE or 0x203C or 0x2049 or 0x3030 or 0x303D or 0x3297 or 0x3299
        || (rune.Value is >= 0x2100 and <= 0x2BFF && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.OtherLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherNumber);

    private static void Count(SortedDictionary<string, int> removed, string kind) => removed[kind] = removed.GetValueOrDefault(kind) + 1;
}

/// <summary>A text without invisible characters.</summary>
/// <param name="Text">What is left.</param>
/// <param name="Removed">How many characters of each class were removed or, for <c>emoji_sequences</c>, kept; absent = none.</param>
public sealed record NormalisedText(string Text, IReadOnlyDictionary<string, int> Removed);
