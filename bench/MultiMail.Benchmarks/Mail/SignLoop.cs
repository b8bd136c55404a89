using System.Diagnostics;
using System.Globalization;
using MultiMail.Core.Identity;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary><c>sign-loop SECONDS EML</c>: DKIM with RSA-2048, then ES256 over header and body digests, again and again on one thread.</summary>
internal static class SignLoop
{
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var given, var path] || !double.TryParse(given, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        var message = await File.ReadAllBytesAsync(path).ConfigureAwait(false);
        using var rsa = DkimKey.CreateRsa();
        using var identity = IdentityKey.Create();
        var at = TimeProvider.System.GetUtcNow();
        await LoopAsync("DKIM rsa-sha256", seconds, () => DkimSigner.Sign(message, [new DkimIdentity("example.test", "s", rsa, "agent")], at)).ConfigureAwait(false);
        await LoopAsync("ES256 and digests", seconds, () =>
        {
            var split = RawFields.Split(message);
            var body = Canonical.BodyHash(split.Body.Span, Canonicalization.Relaxed);
            var header = Canonical.HeaderHash(split.Fields, [], Canonicalization.Relaxed);
            _ = identity.Sign([.. body, .. header]);
        }).ConfigureAwait(false);
        return true;
    }

    private static async Task LoopAsync(string name, double seconds, Action act)
    {
        act();
        var rounds = 0;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        while (rounds == 0 || watch.Elapsed.TotalSeconds < seconds)
        {
            act();
            rounds++;
        }

        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        await Output.LineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{name,-28} wall {rounds / watch.Elapsed.TotalSeconds,9:F1}/s | per CPU-s {rounds / used,9:F1}")).ConfigureAwait(false);
    }
}
