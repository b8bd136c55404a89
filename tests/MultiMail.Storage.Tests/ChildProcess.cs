using System.Diagnostics;
using System.Globalization;
using MultiMail.Storage.Child;
using Storage.Contract.Building;

namespace MultiMail.Storage.Tests;

/// <summary>A writing process of its own, and what it says was acknowledged.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public List<long> Acknowledged { get; } = [];

    public static ChildProcess Start(string database, Scene scene, int callers, int sends)
    {
        string[] arguments =
        [
            "exec", typeof(WriterProcess).Assembly.Location, database, Text(scene.Account.Value), Text(scene.Mailbox.Value), Text(callers), Text(sends),
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException("The child did not start."));
    }

    /// <summary>Reads until so many sends were acknowledged; fewer when the process ended.</summary>
    public async Task ReadAsync(int atLeast)
    {
        while (Acknowledged.Count < atLeast && await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            Acknowledged.Add(long.Parse(line, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Kills without a chance to clean up, then reads what was acknowledged before.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        // The last line may be cut: then its send counts as not acknowledged.
        Acknowledged.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => long.Parse(l, CultureInfo.InvariantCulture)));
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitAsync()
    {
        await ReadAsync(int.MaxValue);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
