using System.Diagnostics;
using System.Globalization;
using MultiMail.Core.Evidence;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Evidence;

public sealed class ClopperPearsonTests
{
    /// <summary>Smallest number of decisions with so many not clean.</summary>
    public static TheoryData<double, int, int> Table => new()
    {
        { 0.95, 0, 59 }, { 0.95, 1, 93 }, { 0.95, 2, 124 }, { 0.95, 3, 153 }, { 0.95, 4, 181 }, { 0.95, 5, 208 },
        { 0.99, 0, 299 }, { 0.99, 1, 473 }, { 0.99, 2, 628 }, { 0.99, 3, 773 }, { 0.99, 4, 913 }, { 0.99, 5, 1_049 },
        { 0.97, 0, 99 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void So_many_decisions_are_enough_and_one_fewer_is_not(double bound, int notClean, int all)
    {
        Assert.True(ClopperPearson.Lower(all - notClean, all) >= bound);
        Assert.True(ClopperPearson.Lower(all - 1 - notClean, all - 1) < bound);
    }

    [Fact]
    public void With_all_of_them_clean_it_is_the_root_of_a_twentieth()
    {
        foreach (var n in Enumerable.Range(1, 2_000))
        {
            Assert.Equal(Math.Pow(0.05, 1.0 / n), ClopperPearson.Lower(n, n), 1e-12);
        }
    }

    [Fact]
    public void It_rises_with_what_is_good_and_stays_under_the_share()
    {
        foreach (var all in new[] { 1, 2, 7, 100, 1_000 })
        {
            var bounds = Enumerable.Range(0, all + 1).Select(good => ClopperPearson.Lower(good, all)).ToList();
            Assert.All(Enumerable.Range(1, all), good => Assert.True(bounds[good] > bounds[good - 1] && bounds[good] < (double)good / all));
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 50, 0)]
    public void Without_anything_good_nothing_is_known(int good, int all, double bound) => Assert.Equal(bound, ClopperPearson.Lower(good, all));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void More_good_ones_than_all_are_a_mistake(int good, int all) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Lower(good, all));

    [Fact]
    public void What_is_written_is_rounded_down() =>
        Assert.All(
            [(99, 100), (59, 59), (1_000_000, 1_000_000)],
            c => Assert.InRange(ClopperPearson.LowerInTenThousandths(c.Item1, c.Item2) / 10_000.0, ClopperPearson.Lower(c.Item1, c.Item2) - 0.0001, ClopperPearson.Lower(c.Item1, c.Item2)));

    [Fact]
    public async Task Another_implementation_finds_the_same_bounds()
    {
        const string script = """
            import sys
            from scipy.stats import beta
            for line in sys.stdin:
                x, n = map(int, line.split())
                print(repr(float(beta.ppf(0.05, x, n - x + 1))))
            """;
        const string python = "/usr/bin/python3"; // the one that Debian's scipy belongs to
        Require.That(File.Exists(python), "python3", "Python 3 is not installed");
        Require.That(await RunAsync(python, "import scipy", string.Empty) is not null, "scipy", "Python's scipy is not installed");
        var random = new Random(20261124);
        var cases = Enumerable.Range(0, 3_000).Select(_ => random.Next(1, random.Next(2, 20_000))).Select(n => (Good: random.Next(0, 3) == 0 ? n - random.Next(0, Math.Min(n, 6)) : random.Next(1, n + 1), All: n)).ToList();
        var answer = await RunAsync(python, script, string.Join('\n', cases.Select(c => $"{c.Good} {c.All}")));

        var theirs = answer!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => double.Parse(l, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(cases.Count, theirs.Count);
        Assert.All(cases.Zip(theirs), pair => Assert.Equal(pair.Second, ClopperPearson.Lower(pair.First.Good, pair.First.All), 1e-9));
    }

    /// <returns>Null when it fails.</returns>
    private static async Task<string?> RunAsync(string python, string script, string input)
    {
        var start = new ProcessStartInfo(python, ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await error;
        return process.ExitCode == 0 ? await output : null;
    }
}
