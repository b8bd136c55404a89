using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Spf;

/// <param name="Results">Any of these is right.</param>
/// <param name="Explanation">Null = not looked at; <c>DEFAULT</c> = the domain gives none.</param>
public sealed record OpenSpfCase(string Name, string Host, string Helo, string MailFrom, string[] Results, string? Explanation, IReadOnlyList<OpenSpfRecord> Zone);

/// <param name="Type">Null = the name is silent for what it has no record of.</param>
public sealed record OpenSpfRecord(string Name, string? Type, string Value);

/// <summary>The openspf.org suite for RFC 7208 as Debian's python3-spf installs it. Read by Python, because it is YAML.</summary>
internal static class OpenSpfSuite
{
    public const string File = "/usr/share/doc/python3-spf/rfc7208-tests.yml.gz";
    public const string Python = "/usr/bin/python3";

    // SPF records stand for TXT records where a name has none of its own; octets travel as Latin-1.
    private const string Script = """
        import gzip, json, sys, yaml
        def text(v): return (v if isinstance(v, str) else ''.join(v)).encode('utf-8').decode('latin-1')
        cases = []
        for s in yaml.safe_load_all(gzip.open(sys.argv[1])):
            zone = []
            for name, records in s['zonedata'].items():
                own = any('TXT' in r for r in records if isinstance(r, dict))
                for r in records:
                    if r == 'TIMEOUT': zone.append([name, None, '']); continue
                    for t, v in r.items():
                        if t == 'SPF' and own or v == 'NONE' or v == ['NONE']: continue
                        if t in ('SPF', 'TXT'): zone.append([name, 'TXT', text(v)])
                        else: zone.append([name, t, str(v[1] if t == 'MX' else v)])
            for id, t in s['tests'].items():
                r = t['result']
                cases.append({'name': s['description'] + ': ' + id, 'host': t['host'], 'helo': t['helo'], 'from': t.get('mailfrom', ''),
                              'results': [r] if isinstance(r, str) else r, 'explanation': t.get('explanation'), 'zone': zone})
        json.dump(cases, sys.stdout)
        """;

    public static bool IsThere => System.IO.File.Exists(File) && System.IO.File.Exists(Python);

    public static IReadOnlyList<OpenSpfCase> Read()
    {
        var start = new ProcessStartInfo(Python, ["-c", Script, File]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        using var json = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return [.. json.RootElement.EnumerateArray().Select(Case)];
    }

    public static ZoneResolver Resolver(this OpenSpfCase test)
    {
        var zone = new ZoneResolver();
        foreach (var record in test.Zone)
        {
            zone.Add(record.Name, record.Type is null ? null : ZoneResolver.Type(record.Type), record.Type is null ? null : record.Value);
        }

        return zone;
    }

    public static SpfRequest Request(this OpenSpfCase test) => new(IPAddress.Parse(test.Host), test.Helo, test.MailFrom);

    private static OpenSpfCase Case(JsonElement e) => new(
        e.GetProperty("name").GetString()!,
        e.GetProperty("host").GetString()!,
        e.GetProperty("helo").GetString()!,
        e.GetProperty("from").GetString()!,
        [.. e.GetProperty("results").EnumerateArray().Select(r => r.GetString()!)],
        e.GetProperty("explanation").GetString(),
        [.. e.GetProperty("zone").EnumerateArray().Select(r => new OpenSpfRecord(r[0].GetString()!, r[1].GetString(), r[2].GetString()!))]);
}
