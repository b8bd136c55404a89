using System.Globalization;

namespace MultiMail.Benchmarks.Mail;

/// <summary><c>compose SPECS.json OUTDIR</c>: each specification as OUTDIR/ID.eml, the Date in front as when a message leaves.</summary>
internal static class ComposeSpecs
{
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var file, var output])
        {
            return false;
        }

        Directory.CreateDirectory(output);
        var specifications = Specification.List(await File.ReadAllBytesAsync(file).ConfigureAwait(false));
        foreach (var given in specifications)
        {
            await File.WriteAllBytesAsync(Path.Combine(output, given.Id + ".eml"), given.Compose()).ConfigureAwait(false);
        }

        await Output.LineAsync(string.Create(CultureInfo.InvariantCulture, $"{specifications.Count} messages")).ConfigureAwait(false);
        return true;
    }
}
