using System.Diagnostics;
using System.Globalization;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary>Fetches a whole folder, as a source does that catches up: TLS, guard, batches of BODY.PEEK.</summary>
internal static class ImapFetch
{
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var url, var wanted] || !ImapEndpoint.TryParse(url, out var endpoint, out _)
            || !int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var source = new MailKitSource(TimeProvider.System);
        for (var run = 1; run <= 3; run++)
        {
            using var stop = new CancellationTokenSource();
            var sink = new CountingSink(count);
            var fetching = source.RunAsync(endpoint, sink, stop.Token);
            var first = await Task.WhenAny(sink.Done, fetching).ConfigureAwait(false);
            await first.ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Output.LineAsync(sink.Result(run)).ConfigureAwait(false);
        }

        return true;
    }

    /// <param name="count">Ends the measurement.</param>
    private sealed class CountingSink(int count) : IMailSink
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _from;
        private TimeSpan _cpuFrom;
        private TimeSpan _took;
        private TimeSpan _cpu;
        private int _fetched;
        private long _bytes;

        public Task Done => _done.Task;

        /// <summary>The connection stands when this is asked: sign-in is not measured.</summary>
        public ValueTask<ImapPosition?> PositionAsync(CancellationToken cancellationToken)
        {
            _from = Stopwatch.GetTimestamp();
            _cpuFrom = Environment.CpuUsage.TotalTime;
            return ValueTask.FromResult<ImapPosition?>(new ImapPosition(0, 0)); // no UIDVALIDITY is 0: all is listed
        }

        public ValueTask StoreAsync(IReadOnlyList<FetchedMail> batch, ImapPosition after, CancellationToken cancellationToken)
        {
            _fetched += batch.Count;
            _bytes += batch.Sum(mail => (long)mail.Raw.Length);
            if (_fetched >= count)
            {
                _took = Stopwatch.GetElapsedTime(_from);
                _cpu = Environment.CpuUsage.TotalTime - _cpuFrom;
                _done.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask QuarantineAsync(uint uid, string reason, ImapPosition after, CancellationToken cancellationToken)
        {
            _done.TrySetException(new InvalidOperationException($"UID {uid}: {reason}"));
            return ValueTask.CompletedTask;
        }

        public ValueTask ReportAsync(MailSourceState state, string detail, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public string Result(int run) => string.Create(
            CultureInfo.InvariantCulture,
            $"run {run}: {_fetched} messages {_bytes / 1e6:F1} MB in {_took.TotalSeconds:F2} s = {_fetched / _took.TotalSeconds:F0} msg/s, client {_fetched / _cpu.TotalSeconds:F0} msg/CPU-s");
    }
}
