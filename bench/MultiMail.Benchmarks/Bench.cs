namespace MultiMail.Benchmarks;

/// <summary>The measurements of bench/RESULTS.md. Each verb prints its figures as lines of text.</summary>
internal static class Bench
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["held-core", .. var rest]:
                await HeldSends.RunAsync(rest).ConfigureAwait(false);
                return 0;
            default:
                await Output.LineAsync("verbs: held-core [seconds]").ConfigureAwait(false);
                return 2;
        }
    }
}
