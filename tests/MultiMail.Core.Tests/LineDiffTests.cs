using MultiMail.Core.Text;

namespace MultiMail.Core.Tests;

public sealed class LineDiffTests
{
    [Fact]
    public void Either_side_can_be_read_out_of_the_comparison()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var dice = new Random(seed);
            var (before, after) = (Lines(dice), Lines(dice));
            var diff = LineDiff.Of(before, after);
            if (before == after)
            {
                Assert.Empty(diff);
                continue;
            }

            if (diff.All(l => l.Kind is not DiffKind.Gap))
            {
                Assert.Equal(before, string.Join('\n', diff.Where(l => l.Kind is not DiffKind.Added).Select(l => l.Text)));
                Assert.Equal(after, string.Join('\n', diff.Where(l => l.Kind is not DiffKind.Removed).Select(l => l.Text)));
            }
        }
    }

    [Fact]
    public void Equal_lines_far_from_a_change_are_left_out()
    {
        var lines = Enumerable.Range(1, 40).Select(i => $"line {i}").ToArray();
        var changed = lines.Select(l => l == "line 20" ? "other" : l);
        var diff = LineDiff.Of(string.Join('\n', lines), string.Join('\n', changed));
        Assert.Equal(new DiffLine(DiffKind.Gap, "16 lines are the same"), diff[0]);
        Assert.Equal([DiffKind.Gap, DiffKind.Same, DiffKind.Same, DiffKind.Same, DiffKind.Removed, DiffKind.Added, DiffKind.Same, DiffKind.Same, DiffKind.Same, DiffKind.Gap], diff.Select(l => l.Kind));
    }

    [Fact]
    public void Two_long_texts_without_a_common_line_cost_no_table()
    {
        var diff = LineDiff.Of(string.Join('\n', Enumerable.Range(0, 100_000)), string.Join('\n', Enumerable.Range(200_000, 100_000)));
        Assert.Equal(200_000, diff.Count);
    }

    private static string Lines(Random dice) => string.Join('\n', Enumerable.Range(0, dice.Next(1, 8)).Select(_ => "abc"[dice.Next(3)].ToString()));
}
