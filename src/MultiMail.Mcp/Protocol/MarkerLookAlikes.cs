namespace MultiMail.Mcp.Protocol;

/// <summary>
/// Finds what reads like a marker: its name in any case, alphabet or width, with anything but letters and digits
/// between its letters (spaces, invisible characters, hyphens), and this call's nonce.
/// </summary>
internal static class MarkerLookAlikes
{
    private const string Core = "multimailuntrusted";

    /// <returns>Ranges of UTF-16 code units, in order, not overlapping; the end is exclusive.</returns>
    public static IReadOnlyList<(int Start, int End)> Find(string text, string nonce)
    {
        var folded = new char[text.Length];
        var origin = new int[text.Length];
        var length = Fold(text, folded, origin);
        var found = new List<(int, int)>();
        Search(text, folded.AsSpan(0, length), origin, Core, found);
        Search(text, folded.AsSpan(0, length), origin, nonce, found);
        return Merge(found);
    }

    private static int Fold(string text, Span<char> folded, Span<int> origin)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var rune = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                ? char.ConvertToUtf32(text[i], text[i + 1])
                : text[i];
            if (Confusables.Fold(rune) is { } letter)
            {
                folded[length] = letter;
                origin[length++] = i;
            }

            i += rune > 0xffff ? 1 : 0;
        }

        return length;
    }

    private static void Search(string text, ReadOnlySpan<char> folded, ReadOnlySpan<int> origin, string what, List<(int, int)> found)
    {
        for (var from = 0; folded[from..].IndexOf(what, StringComparison.Ordinal) is >= 0 and var at; from += at + what.Length)
        {
            var last = origin[from + at + what.Length - 1];
            found.Add((origin[from + at], last + (char.IsHighSurrogate(text[last]) ? 2 : 1)));
        }
    }

    private static List<(int Start, int End)> Merge(List<(int Start, int End)> ranges)
    {
        ranges.Sort();
        var merged = new List<(int Start, int End)>(ranges.Count);
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.Start < merged[^1].End)
            {
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, range.End));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
