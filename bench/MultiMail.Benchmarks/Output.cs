namespace MultiMail.Benchmarks;

/// <summary>Where figures go.</summary>
internal static class Output
{
#pragma warning disable RS0030 // a benchmark's results are its standard output
    public static Task LineAsync(string line) => Console.Out.WriteLineAsync(line);
#pragma warning restore RS0030
}
