using System.Diagnostics;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Foreign;

/// <summary>
/// A corpus of other people's messages (<c>MULTIMAIL_MAIL_CORPUS</c>) and the programs that judge parsers and composers by it
/// (<c>MULTIMAIL_MAIL_TOOLS</c>). Neither is part of this project; without them the tests skip aloud.
/// </summary>
internal static class ForeignTools
{
    private const string Python = "/usr/bin/python3";

    public static string Corpus()
    {
        var folder = Environment.GetEnvironmentVariable("MULTIMAIL_MAIL_CORPUS");
        Require.That(File.Exists(Path.Combine(folder ?? string.Empty, "manifest.json")), "mail-corpus", "MULTIMAIL_MAIL_CORPUS names no folder with a manifest.json");
        return folder!;
    }

    /// <summary>The last lines of what the tool says; the test fails unless it exits with 0.</summary>
    public static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        var folder = Environment.GetEnvironmentVariable("MULTIMAIL_MAIL_TOOLS");
        var script = Path.Combine(folder ?? string.Empty, tool);
        Require.That(folder is not null && File.Exists(script), "mail-tools", $"MULTIMAIL_MAIL_TOOLS names no folder with {tool}");
        Require.That(File.Exists(Python), "python3", "Python 3 is not installed");
        var start = new ProcessStartInfo(Python, ["-B", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Require.That(!output.Contains("NOT RUN", StringComparison.Ordinal), "mail-oracles", $"{tool}: {output}");
        Assert.True(process.ExitCode == 0, $"{tool} {process.ExitCode}\n{output}\n{await error}");
        return output;
    }
}
