using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Storage;
using System.Diagnostics;
using System.Globalization;

namespace MultiMail.Benchmarks;

/// <summary>
/// Held send_email of 1 KB texts per second through Core, at 1, 8 and 64 callers: everything a send writes, full durability
/// (WAL, synchronous=FULL), a new database for each row. Every message differs; the pending limit is lifted.
/// </summary>
internal static class HeldSends
{
    public static async Task RunAsync(string[] args)
    {
        var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        await MeasureAsync(8, 2).ConfigureAwait(false); // warms the code
        foreach (var callers in (int[])[1, 8, 64])
        {
            var rate = await MeasureAsync(callers, seconds).ConfigureAwait(false);
            await Output.LineAsync(string.Create(CultureInfo.InvariantCulture, $"held-core callers={callers} sends_per_second={rate:F0}")).ConfigureAwait(false);
        }
    }

    private static async Task<double> MeasureAsync(int callers, double seconds)
    {
        var folder = Directory.CreateTempSubdirectory("multimail-bench-");
        try
        {
            var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(Path.Combine(folder.FullName, "bench.db")), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var node = MultiMailNode.Create(store, new CoreOptions { MasterKey = new byte[32], PendingPerMailbox = int.MaxValue, SendsPerMinute = int.MaxValue, SendsPerDay = int.MaxValue, SameTextPerHour = int.MaxValue }, TimeProvider.System);
                await node.Installation.InitialiseAsync(null, CancellationToken.None).ConfigureAwait(false);
                var agent = await node.Installation.LocalAgentAsync("bench", CancellationToken.None).ConfigureAwait(false);
                var clock = Stopwatch.StartNew();
                var sent = 0;
                async Task CallAsync()
                {
                    while (clock.Elapsed.TotalSeconds < seconds)
                    {
                        var number = Interlocked.Increment(ref sent);
                        await node.Submissions.SendAsync(
                            agent,
                            new Submission
                            {
                                From = Installation.AgentAddress,
                                To = [Installation.PersonAddress],
                                Subject = string.Create(CultureInfo.InvariantCulture, $"Message {number}"),
                                Text = BenchText.OneKilobyte,
                            },
                            CancellationToken.None).ConfigureAwait(false);
                    }
                }

                await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync))).ConfigureAwait(false);
                var elapsed = clock.Elapsed.TotalSeconds;
                var held = await node.Store.CountPendingAsync(new PendingQuery(agent.Account, null, null, null, null, null, null, 1), CancellationToken.None).ConfigureAwait(false);
                return held >= Math.Min(sent, 10_001) ? sent / elapsed : throw new InvalidOperationException($"{sent} were acknowledged, {held} are held.");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
