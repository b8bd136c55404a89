using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace MultiMail.Benchmarks;

/// <summary>
/// Held send_email of 1 KB texts per second through <c>multimail serve</c> as it is shipped: MCP over Streamable HTTP,
/// key check, arguments, Core, full durability. Caller and server share the machine. A new node for each row.
/// </summary>
internal static class HeldHttp
{
    // Below the 100 of one page of the mailbox list, with the two that every node has.
    private const int Mailboxes = 60;

    // The runtime compiles hot code again after some thousand calls: what a server does for hours is what is measured.
    private const int WarmSends = 5_000;
    private const int WarmCallers = 64;
    private const double WarmSeconds = 20;

    public static async Task RunAsync(string[] args)
    {
        var seconds = Math.Min(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5, 60);
        foreach (var callers in (int[])[1, 8, 64])
        {
            await Output.LineAsync(await MeasureAsync(callers, seconds).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private static async Task<string> MeasureAsync(int callers, double seconds)
    {
        var node = await ServedNode.StartAsync().ConfigureAwait(false);
        await using var ending = node.ConfigureAwait(false);
        using var mailboxes = await BenchMailboxes.CreateAsync(node, Mailboxes).ConfigureAwait(false);
        var key = await Product.JsonAsync(node.Data, "key", "create", "--name", "bench-agent", "--scopes", "read,send", "--json").ConfigureAwait(false);
        using var posts = new McpPosts(node.Address, key.GetProperty("key").GetString() ?? string.Empty, Math.Max(callers, WarmCallers));

        var warm = await CallAsync(posts, 0, WarmSends, WarmCallers, WarmSeconds).ConfigureAwait(false);
        var before = node.ProcessorTime;
        var row = await CallAsync(posts, warm.Sent, Mailboxes * BenchMailboxes.Room, callers, seconds).ConfigureAwait(false);
        var cpu = (node.ProcessorTime - before).TotalMilliseconds;

        var pending = await mailboxes.PendingAsync().ConfigureAwait(false);
        var sent = warm.Sent + row.Sent;
        return pending == sent
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"held-http callers={callers} sends_per_second={row.Sent / row.Seconds:F0} p50_ms={row.Percentile(0.5):F1} p99_ms={row.Percentile(0.99):F1} server_cpu_ms_per_send={cpu / row.Sent:F2}")
            : throw new InvalidOperationException($"{sent} were acknowledged, {pending} are held.");
    }

    /// <summary>Ends after the time, or with the message of number <paramref name="last"/>.</summary>
    private static async Task<Row> CallAsync(McpPosts posts, int from, int last, int callers, double seconds)
    {
        var clock = Stopwatch.StartNew();
        var number = from;
        var took = new ConcurrentQueue<TimeSpan>();
        async Task LoopAsync()
        {
            while (clock.Elapsed.TotalSeconds < seconds && Interlocked.Increment(ref number) is var mine && mine <= last)
            {
                var begin = clock.Elapsed;
                await posts.SendAsync(BenchMailboxes.Address(mine % Mailboxes), mine).ConfigureAwait(false);
                took.Enqueue(clock.Elapsed - begin);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(LoopAsync))).ConfigureAwait(false);
        return new Row([.. took.Order()], clock.Elapsed.TotalSeconds);
    }

    private sealed record Row(TimeSpan[] Took, double Seconds)
    {
        public int Sent => Took.Length;

        public double Percentile(double part) => Took[(int)(part * (Took.Length - 1))].TotalMilliseconds;
    }
}
