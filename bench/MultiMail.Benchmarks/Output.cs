namespace MultiMail.Benchmarks;

/// <summary>Where figures go.</summary>
internal static class Output
{
#pragma warning disable RS0030 // a benchmark's results are its standard output
    public static Task LineAsync(string line) => Console.Out.WriteLineAsync(line);

    /// <summary>Whoever started a server of ours ends it by closing its input.</summary>
    public static async Task InputEndsAsync()
    {
        using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null).ConfigureAwait(false);
    }
#pragma warning restore RS0030
}
