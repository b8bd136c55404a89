using System.Diagnostics;
using System.Globalization;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary>
/// <c>parse CORPUSDIR OUTDIR</c>: each message of CORPUSDIR/manifest.json as OUTDIR/ID.json. Prints how many were read and which took
/// longest; a first reading of each warms the code up.
/// </summary>
internal static class ParseCorpus
{
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var corpus, var output])
        {
            return false;
        }

        Directory.CreateDirectory(output);
        var slowest = (Id: "none", Ms: 0.0);
        var failed = 0;
        var files = await MailFiles.OfManifestAsync(Path.Combine(corpus, "manifest.json")).ConfigureAwait(false);
        foreach (var file in files)
        {
            _ = MessageReader.Read(file.Raw);
            var watch = Stopwatch.StartNew();
            var read = MessageReader.Read(file.Raw);
            var ms = watch.Elapsed.TotalMilliseconds;
            slowest = ms > slowest.Ms ? (file.Id, ms) : slowest;
            failed += read.Defects.Contains("unparsable") ? 1 : 0;
            await File.WriteAllTextAsync(Path.Combine(output, file.Id + ".json"), ParsedForm.Of(read).Json()).ConfigureAwait(false);
        }

        await Output.LineAsync(string.Create(CultureInfo.InvariantCulture, $"{files.Count} messages, {failed} unparsable, slowest {slowest.Ms:F0} ms ({slowest.Id})")).ConfigureAwait(false);
        return true;
    }
}
