using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Spf;

public sealed class OpenSpfTests
{
    private const int CasesInSuite = 203;

    /// <summary>All cases at once: reading the suite costs more than running it.</summary>
    [Fact]
    public async Task Every_case_of_the_openspf_suite_has_its_result_and_explanation()
    {
        Require.That(OpenSpfSuite.IsThere, "spf", "python3-spf with its test suite is not installed");
        var cases = OpenSpfSuite.Read();
        Assert.Equal(CasesInSuite, cases.Count);
        var wrong = new List<string>();
        foreach (var test in cases)
        {
            var verdict = await SpfVerifier.CheckAsync(test.Request(), test.Resolver(), TimeProvider.System, default);
            if (!test.Results.Contains(verdict.Result.Word(), StringComparer.Ordinal))
            {
                wrong.Add($"{test.Name}: {verdict.Result.Word()} ({verdict.Reason}), not {string.Join(" or ", test.Results)}");
            }
            else if (test.Explanation is { } expected && (verdict.Explanation ?? "DEFAULT") != expected)
            {
                wrong.Add($"{test.Name}: says \"{verdict.Explanation}\", not \"{expected}\"");
            }
        }

        Assert.Empty(wrong);
    }
}
