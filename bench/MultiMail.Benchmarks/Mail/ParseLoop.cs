using System.Diagnostics;
using System.Globalization;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary>
/// <c>parse-loop SECONDS EML|MANIFEST</c>: reads everything again and again on one thread: guard, fields, bodies, visible text of HTML,
/// every attachment decoded and hashed. Five seconds of processor time come first that are not counted: the runtime compiles hot code anew in them.
/// </summary>
internal static class ParseLoop
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var given, var path] || !double.TryParse(given, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        IReadOnlyList<MailFile> files = path.EndsWith(".json", StringComparison.Ordinal)
            ? await MailFiles.OfManifestAsync(path).ConfigureAwait(false)
            : [new MailFile(path, await File.ReadAllBytesAsync(path).ConfigureAwait(false))];
        var watch = Stopwatch.StartNew();
        while (Process.GetCurrentProcess().TotalProcessorTime < WarmUp)
        {
            Round(files);
        }

        var rounds = 0;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        watch.Restart();
        while (rounds == 0 || watch.Elapsed.TotalSeconds < seconds)
        {
            Round(files);
            rounds++;
        }

        var wall = watch.Elapsed.TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var messages = (double)files.Count * rounds;
        var megabytes = files.Sum(file => (double)file.Raw.Length) * rounds / 1e6;
        await Output.LineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{"multimail, read all",-28} wall {messages / wall,9:F1} msg/s {megabytes / wall,8:F1} MB/s | per CPU-s {messages / used,9:F1} msg {megabytes / used,8:F1} MB")).ConfigureAwait(false);
        return true;
    }

    private static void Round(IReadOnlyList<MailFile> files)
    {
        foreach (var file in files)
        {
            _ = MessageReader.Read(file.Raw);
        }
    }
}
