namespace MultiMail.Core.Text;

/// <summary>What a line is in a comparison.</summary>
public enum DiffKind
{
    Same,
    Removed,
    Added,

    /// <summary>Equal lines that are left out; the text says how many.</summary>
    Gap,
}

public sealed record DiffLine(DiffKind Kind, string Text);

/// <summary>Compares two texts line by line, by their longest common subsequence.</summary>
internal static class LineDiff
{
    /// <summary>Cells of the table that are filled at most; two larger middles are shown as removed and added whole.</summary>
    private const int MaxCells = 250_000;
    private const int Context = 3;

    /// <returns>The changed lines with up to three equal ones around them; empty when the texts are equal.</returns>
    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var (old, fresh) = (before.Split('\n'), after.Split('\n'));
        var head = 0;
        while (head < old.Length && head < fresh.Length && old[head] == fresh[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < fresh.Length - head && old[^(tail + 1)] == fresh[^(tail + 1)])
        {
            tail++;
        }

        List<DiffLine> all = [.. old[..head].Select(Same), .. Middle(old.AsSpan(head, old.Length - head - tail), fresh.AsSpan(head, fresh.Length - head - tail)), .. old[(old.Length - tail)..].Select(Same)];
        return all.TrueForAll(l => l.Kind is DiffKind.Same) ? [] : Folded(all);
    }

    private static DiffLine Same(string line) => new(DiffKind.Same, line);

    private static List<DiffLine> Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> fresh)
    {
        var lines = new List<DiffLine>(old.Length + fresh.Length);
        var (i, j) = (0, 0);
        if ((long)(old.Length + 1) * (fresh.Length + 1) <= MaxCells)
        {
            var common = Table(old, fresh);
            while (i < old.Length && j < fresh.Length)
            {
                if (old[i] == fresh[j])
                {
                    lines.Add(Same(old[i++]));
                    j++;
                }
                else if (common[i + 1, j] >= common[i, j + 1])
                {
                    lines.Add(new DiffLine(DiffKind.Removed, old[i++]));
                }
                else
                {
                    lines.Add(new DiffLine(DiffKind.Added, fresh[j++]));
                }
            }
        }

        foreach (var line in old[i..])
        {
            lines.Add(new DiffLine(DiffKind.Removed, line));
        }

        foreach (var line in fresh[j..])
        {
            lines.Add(new DiffLine(DiffKind.Added, line));
        }

        return lines;
    }

    /// <summary>At [i, j]: how many lines the rests from i and from j have in common.</summary>
    private static int[,] Table(ReadOnlySpan<string> old, ReadOnlySpan<string> fresh)
    {
        var common = new int[old.Length + 1, fresh.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = fresh.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == fresh[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static List<DiffLine> Folded(List<DiffLine> all)
    {
        var near = new bool[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            for (var k = Math.Max(0, i - Context); all[i].Kind is not DiffKind.Same && k <= Math.Min(all.Count - 1, i + Context); k++)
            {
                near[k] = true;
            }
        }

        var shown = new List<DiffLine>();
        for (var i = 0; i < all.Count;)
        {
            if (near[i])
            {
                shown.Add(all[i++]);
                continue;
            }

            var from = i;
            while (i < all.Count && !near[i])
            {
                i++;
            }

            shown.Add(i - from == 1 ? all[from] : new DiffLine(DiffKind.Gap, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i - from} lines are the same")));
        }

        return shown;
    }
}
