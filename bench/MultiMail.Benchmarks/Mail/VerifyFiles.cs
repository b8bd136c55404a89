using System.Text;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary><c>verify KEYDIR EML…</c>: DKIM of each file, one line each; the key records lie in <c>KEYDIR/sel._domainkey.dom.txt</c>. A file without a signature fails.</summary>
internal static class VerifyFiles
{
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var keys, _, ..] || !Directory.Exists(keys))
        {
            return false;
        }

        foreach (var file in args[1..])
        {
            var verdicts = await DkimVerifier.VerifyAsync(await File.ReadAllBytesAsync(file).ConfigureAwait(false), new KeyFolder(keys), TimeProvider.System, default).ConfigureAwait(false);
            var passes = verdicts.Count > 0 && verdicts.All(verdict => verdict.Result is AuthResult.Pass);
            var each = verdicts.Select(verdict => verdict.Reason.Length == 0 ? verdict.Result.Word() : $"{verdict.Result.Word()}: {verdict.Reason}");
            await Output.LineAsync($"multimail {(passes ? "pass" : "FAIL")} {file} [{string.Join(", ", each)}]").ConfigureAwait(false);
        }

        return true;
    }

    private sealed class KeyFolder(string folder) : IDnsResolver
    {
        public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            var file = Path.Combine(folder, name.ToLowerInvariant() + ".txt");
            return type is DnsType.Text && Path.GetFileName(file) == name.ToLowerInvariant() + ".txt" && File.Exists(file)
                ? DnsAnswer.Found((await File.ReadAllTextAsync(file, Encoding.Latin1, cancellationToken).ConfigureAwait(false)).ReplaceLineEndings(string.Empty).Trim())
                : DnsAnswer.None(DnsOutcome.NoSuchName);
        }
    }
}
