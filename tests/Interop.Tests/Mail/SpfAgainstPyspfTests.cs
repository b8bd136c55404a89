using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using MultiMail.Mail;
using MultiMail.Testing;

namespace Interop.Tests.Mail;

/// <summary>Debian's pyspf is the second opinion about records that nobody should publish.</summary>
public sealed class SpfAgainstPyspfTests
{
    private const string Python = "/usr/bin/python3";
    private const int Records = 2_000;

    private const string Script = """
        import json, sys, spf
        zone = {}
        def lookup(name, qtype, strict=True, timeout=None, level=0):
            labels = [l for l in name.split('.') if l]
            if any(len(l) > 63 for l in labels): raise spf.TempError('label too long')
            for t, v in zone.get('.'.join(labels).lower(), []):
                if t == qtype:
                    yield ((name, t), (10, v) if t == 'MX' else (v.encode('latin-1'),) if t == 'TXT' else v)
        spf.DNSLookup = lookup
        data = json.load(sys.stdin)
        rest = {}
        for line in data['zone'].splitlines():
            n, t, v = line.split(None, 2)
            rest.setdefault(n, []).append((t, v))
        results = []
        for record in data['records']:
            zone = dict(rest)
            zone['victim.example'] = rest['victim.example'] + [('TXT', record)]
            try: results.append(spf.query(i='192.0.2.66', s='user.name@victim.example', h='h.example', strict=True).check()[0])
            except Exception as e: results.append('exception ' + repr(e))
        json.dump(results, sys.stdout)
        """;

    [Fact]
    public async Task No_mutated_record_passes_that_pyspf_would_not_let_pass()
    {
        Require.That(File.Exists(Python) && File.Exists("/usr/lib/python3/dist-packages/spf.py"), "spf", "python3-spf is not installed");
        var records = MutatedRecords.Make(Records, seed: 42).ToList();
        var theirs = await TheirsAsync(records);
        Assert.Equal(records.Count, theirs.Length);
        var looser = new List<string>();
        var passes = 0;
        for (var i = 0; i < records.Count; i++)
        {
            var request = new SpfRequest(IPAddress.Parse("192.0.2.66"), "h.example", "user.name@victim.example");
            var ours = await SpfVerifier.CheckAsync(request, MutatedRecords.Zone(records[i]), TimeProvider.System, default);
            passes += ours.Result is AuthResult.Pass ? 1 : 0;
            if (ours.Result is AuthResult.Pass && theirs[i] != "pass")
            {
                looser.Add($"{records[i]}: {theirs[i]}");
            }
        }

        Assert.Empty(looser);
        Assert.True(passes > Records / 20, $"only {passes} pass: the comparison says little");
    }

    private static async Task<string[]> TheirsAsync(IReadOnlyList<string> records)
    {
        var start = new ProcessStartInfo(Python, ["-W", "ignore", "-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { zone = MutatedRecords.Others, records })));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<string[]>(await output)!;
    }
}
