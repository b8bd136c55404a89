using System.Diagnostics;

namespace Interop.Driving;

/// <summary>Another program in a process of its own, with what of the environment the test gives it and no setting of ours.</summary>
internal static class Executable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The built product: it lies beside the tests, as everything they refer to.</summary>
    public static string MultiMail { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "multimail.exe" : "multimail");

    public static Process Start(string program, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MULTIMAIL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs to the end; a program that takes longer than a minute is ended and the test fails.</summary>
    public static async Task<Finished> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        using var process = Start(program, environment, arguments);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Finished(process.ExitCode, output, await error);
        }
        finally
        {
            End(process);
        }
    }

    public static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

internal sealed record Finished(int Code, string Output, string Error)
{
    /// <summary>The output of a program that did what it was asked; otherwise the test fails with what it said.</summary>
    public string Good()
    {
        Assert.True(Code == 0, $"exit {Code}\n{Output}\n{Error}");
        return Output;
    }
}
