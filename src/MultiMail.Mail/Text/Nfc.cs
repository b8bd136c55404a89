using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// Unicode Normalization Form C (UAX #15). The framework's own does nothing in a process with invariant globalization,
/// which is how this one runs.
/// </summary>
internal static class Nfc
{
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7;
    private const int VCount = 21, TCount = 28, SCount = 19 * VCount * TCount;

    /// <summary>Composed form of <paramref name="text"/>; the same object where nothing can change.</summary>
    public static string Of(string text)
    {
        // Nothing below U+0300 combines, and nothing there decomposes to something else in this form.
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0)
        {
            return text;
        }

        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Order(points);
        return Compose(points);
    }

    /// <summary>Canonical decomposition (NFD), as code points.</summary>
    public static List<int> Decomposed(IEnumerable<int> text)
    {
        var points = new List<int>();
        foreach (var point in text)
        {
            Decompose(point, points);
        }

        Order(points);
        return points;
    }

    /// <summary>Letters, marks and numbers that compatibility mapping would change: full-width, ligatures, mathematical.</summary>
    public static bool IsCompatibilityLetter(Rune rune) => UnicodeTables.Instance.IsCompatibility(rune.Value);

    private static void Decompose(int point, List<int> into)
    {
        var syllable = point - SBase;
        if (syllable is >= 0 and < SCount)
        {
            into.Add(LBase + (syllable / (VCount * TCount)));
            into.Add(VBase + (syllable % (VCount * TCount) / TCount));
            if (syllable % TCount > 0)
            {
                into.Add(TBase + (syllable % TCount));
            }
        }
        else if (UnicodeTables.Instance.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, into);
            }
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Canonical ordering: each run of marks sorted by class, stably. Runs are sorted whole, so a long one costs n log n.</summary>
    private static void Order(List<int> points)
    {
        var tables = UnicodeTables.Instance;
        for (var i = 0; i < points.Count; i++)
        {
            if (tables.Class(points[i]) == 0)
            {
                continue;
            }

            var start = i;
            while (i + 1 < points.Count && tables.Class(points[i + 1]) != 0)
            {
                i++;
            }

            if (i > start)
            {
                var run = points[start..(i + 1)].OrderBy(tables.Class).ToList();
                for (var k = 0; k < run.Count; k++)
                {
                    points[start + k] = run[k];
                }
            }
        }
    }

    private static string Compose(List<int> points)
    {
        var tables = UnicodeTables.Instance;
        var result = new List<int>(points.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var point in points)
        {
            var own = tables.Class(point);
            var adjacent = starter == result.Count - 1;
            var blocked = !adjacent && (lastClass >= own || lastClass == 0);
            if (starter >= 0 && !blocked && Pair(result[starter], point) is { } composed)
            {
                result[starter] = composed;
                continue;
            }

            if (own == 0)
            {
                starter = result.Count;
            }

            lastClass = own;
            result.Add(point);
        }

        var text = new StringBuilder(result.Count);
        foreach (var point in result)
        {
            text.Append(new Rune(point));
        }

        return text.ToString();
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= LBase and < LBase + 19 && second is >= VBase and < VBase + VCount)
        {
            return SBase + ((((first - LBase) * VCount) + (second - VBase)) * TCount);
        }

        var syllable = first - SBase;
        if (syllable is >= 0 and < SCount && syllable % TCount == 0 && second is > TBase and < TBase + TCount)
        {
            return first + (second - TBase);
        }

        return UnicodeTables.Instance.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }
}
