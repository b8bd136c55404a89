using System.Diagnostics;
using System.Text.Json;

namespace MultiMail.Benchmarks;

/// <summary>The product's own program, built beside this one in the same configuration, and its short verbs.</summary>
internal static class Product
{
    private static readonly TimeSpan VerbWithin = TimeSpan.FromSeconds(60);

    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "MultiMail.Mcp", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "multimail"));

    /// <summary>How to start a verb over a data folder; it listens on a free loopback port if it listens at all.</summary>
    public static ProcessStartInfo Start(string program, string data, params string[] verb)
    {
        var start = new ProcessStartInfo(program, verb)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MULTIMAIL_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MULTIMAIL_DATA"] = data;
        start.Environment["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0";
        return start;
    }

    /// <summary>Runs a verb that ends by itself and prints one JSON object.</summary>
    public static async Task<JsonElement> JsonAsync(string data, params string[] verb)
    {
        using var limit = new CancellationTokenSource(VerbWithin);
        using var process = Process.Start(Start(Program, data, verb)) ?? throw new InvalidOperationException($"{Program} does not start.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        return process.ExitCode == 0
            ? JsonElement.Parse(output)
            : throw new InvalidOperationException($"multimail {string.Join(' ', verb)} failed: {await errors.ConfigureAwait(false)}");
    }
}
