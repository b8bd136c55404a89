using System.Diagnostics;
using System.Globalization;

namespace MultiMail.Benchmarks;

/// <summary>
/// From the start of the process to the answers of initialize and of tools/list over stdio: ours, on an initialised data
/// folder and on an empty one, against the reference server of the protocol's authors. Rounds are interleaved and the
/// order turns, so that other load on the machine meets all alike. Medians.
/// </summary>
internal static class ColdStart
{
    private const int Rounds = 9;

    /// <param name="peer">Folder where <c>npm install @modelcontextprotocol/server-everything</c> was run.</param>
    /// <param name="also">More builds of multimail, e.g. a ReadyToRun one.</param>
    public static async Task RunAsync(string peer, string[] also)
    {
        var root = Directory.CreateTempSubdirectory("multimail-bench-");
        try
        {
            var ready = root.CreateSubdirectory("ready").FullName;
            await Product.JsonAsync(ready, "init", "--json").ConfigureAwait(false);
            var everything = Path.Combine(peer, "node_modules", "@modelcontextprotocol", "server-everything", "dist", "index.js");
            Contender[] contenders =
            [
                new("server-everything", () => StdioProbe.Piped(new ProcessStartInfo("node", [everything, "stdio"]))),
                .. ((string[])[Product.Program, .. also]).SelectMany((program, n) => Ours(program, n, ready, root)),
            ];
            var readings = contenders.ToDictionary(c => c, _ => new List<StdioReading>());
            for (var round = 0; round <= Rounds; round++)
            {
                for (var turn = 0; turn < contenders.Length; turn++)
                {
                    var contender = contenders[(turn + round) % contenders.Length];
                    var reading = await StdioProbe.MeasureAsync(contender.Start()).ConfigureAwait(false);
                    if (round > 0) // the first round brings the files into memory
                    {
                        readings[contender].Add(reading);
                    }
                }
            }

            await PrintAsync(contenders, readings).ConfigureAwait(false);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static IEnumerable<Contender> Ours(string program, int number, string ready, DirectoryInfo root)
    {
        var name = number == 0 ? "multimail" : string.Create(CultureInfo.InvariantCulture, $"multimail-{number}");
        var folders = 0;
        string Fresh() => Path.Combine(root.FullName, string.Create(CultureInfo.InvariantCulture, $"empty-{number}-{folders++}"));
        yield return new(name, () => Product.Start(program, ready, "stdio"));
        yield return new($"{name}-empty-folder", () => Product.Start(program, Fresh(), "stdio"));
    }

    private static async Task PrintAsync(Contender[] contenders, Dictionary<Contender, List<StdioReading>> readings)
    {
        var peer = Median(readings[contenders[0]], r => r.ListMs);
        foreach (var contender in contenders)
        {
            var mine = readings[contender];
            await Output.LineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"cold-start {contender.Name} initialize_ms={Median(mine, r => r.InitializeMs):F0} tools_list_ms={Median(mine, r => r.ListMs):F0} ratio={Median(mine, r => r.ListMs) / peer:F2} fastest_ms={mine.Min(r => r.ListMs):F0} cpu_ms={Median(mine, r => r.CpuMs):F0} peak_mb_at_list={Median(mine, r => r.PeakMbAtList):F0} peak_mb_after_2s={Median(mine, r => r.PeakMbLater):F0} list_bytes={mine[0].ListBytes}")).ConfigureAwait(false);
        }
    }

    private static double Median(List<StdioReading> readings, Func<StdioReading, double> of) =>
        readings.Select(of).Order().ElementAt(readings.Count / 2);

    private sealed record Contender(string Name, Func<ProcessStartInfo> Start);
}
