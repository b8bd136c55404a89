using MultiMail.Testing;
using System.Text.RegularExpressions;

namespace MultiMail.Core.Tests;

public sealed partial class RfcTableTests
{
    [Fact]
    public void Every_standard_that_the_code_cites_has_a_row_and_every_row_is_cited()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".sql" or ".js");
        var cited = sources.SelectMany(f => Citation().Matches(File.ReadAllText(f))).Select(m => "RFC " + m.Groups["number"].Value).Distinct(StringComparer.Ordinal);
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "rfcs.md")).Where(l => l.StartsWith("| RFC ", StringComparison.Ordinal)).Select(l => l.Split('|')[1].Trim());
        Assert.Equal(cited.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"RFC (?<number>\d{3,5})(?!\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Citation();
}
