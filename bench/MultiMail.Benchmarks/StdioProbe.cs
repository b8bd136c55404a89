using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MultiMail.Benchmarks;

/// <summary>Starts a server, asks it what every client asks first, and ends it.</summary>
internal static class StdioProbe
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";
    private const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
    private const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(3);

    public static ProcessStartInfo Piped(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return start;
    }

    public static async Task<StdioReading> MeasureAsync(ProcessStartInfo start)
    {
        using var limit = new CancellationTokenSource(AnswerWithin);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            await AskAsync(process, Initialize).ConfigureAwait(false);
            await AnswerAsync(process, 1, limit.Token).ConfigureAwait(false);
            var initialize = clock.Elapsed;
            await AskAsync(process, Initialized).ConfigureAwait(false);
            await AskAsync(process, List).ConfigureAwait(false);
            var length = await AnswerAsync(process, 2, limit.Token).ConfigureAwait(false);
            var list = clock.Elapsed;
            var cpu = process.TotalProcessorTime;
            var peak = PeakMb(process);
            await Task.Delay(Later, limit.Token).ConfigureAwait(false);
            return new StdioReading(initialize.TotalMilliseconds, list.TotalMilliseconds, cpu.TotalMilliseconds, peak, PeakMb(process), length);
        }
        finally
        {
            await EndAsync(process).ConfigureAwait(false);
        }
    }

    private static async Task AskAsync(Process process, string line)
    {
        await process.StandardInput.WriteAsync(line + "\n").ConfigureAwait(false);
        await process.StandardInput.FlushAsync().ConfigureAwait(false);
    }

    /// <returns>Length of the answer; other lines, such as notifications, are passed over.</returns>
    private static async Task<int> AnswerAsync(Process process, int id, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("id", out var answered) && answered.ValueKind is JsonValueKind.Number && answered.GetInt32() == id
                && message.RootElement.TryGetProperty("result", out _))
            {
                return line.Length;
            }
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} ended without an answer.");
    }

    private static double PeakMb(Process process)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status")).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line["VmHWM:".Length..].Replace("kB", null, StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(EndWithin);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
    }
}
