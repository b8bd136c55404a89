using MultiMail.Core.Node;
using MultiMail.Core.Notices;

namespace MultiMail.Mcp.Hosting;

/// <summary>
/// What a node does by itself. Each loop looks, works off what it finds and waits for a change of the store or for time
/// to pass; nodes that share the store find nothing left and wait. A round that fails is logged and tried again.
/// </summary>
internal sealed partial class BackgroundWork(MultiMailNode node, TimeProvider clock, ILogger<BackgroundWork> logger) : IAsyncDisposable
{
    private const int IndexBatch = 100;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan IndexGathers = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan CheckpointGathers = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoticesGather = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DomainsAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _loops = Task.CompletedTask;

    public void Start() => _loops = Task.WhenAll(
        LoopAsync("delivery", DeliverAsync),
        LoopAsync("index", IndexAsync),
        LoopAsync("expiry", ExpireAsync),
        LoopAsync("checkpoints", SignAsync),
        LoopAsync("domains", VerifyAsync),
        LoopAsync("unsubscribe", TestUnsubscribeAsync),
        LoopAsync("notices", TellAsync),
        LoopAsync("sources", FetchAsync));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loops;
        await node.Delivery.DrainAsync(); // what a relay has said is still written down
        _stop.Dispose();
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        // Looked at before claiming: a claim is a write, and an idle node writes nothing.
        var seen = node.Store.ChangePosition;
        var due = await node.Store.NextDueAsync(cancellationToken);
        if (due is null || due > clock.GetUtcNow())
        {
            await node.Store.WaitForChangeAsync(seen, Until(due), cancellationToken);
        }
        else if (await node.Delivery.StartDueAsync(cancellationToken) == 0)
        {
            await Task.Delay(ShortestWait, clock, cancellationToken); // Another node was faster.
        }
    }

    private async Task IndexAsync(CancellationToken cancellationToken)
    {
        var seen = node.Store.ChangePosition;
        if (await node.Store.IndexPendingAsync(IndexBatch, cancellationToken) == 0)
        {
            await node.Store.WaitForChangeAsync(seen, LookAgain, cancellationToken);
            await Task.Delay(IndexGathers, clock, cancellationToken);
        }
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        await node.Clockwork.ExpireAsync(cancellationToken);
        await node.Retention.RunIfDueAsync(cancellationToken);
        await Task.Delay(LookAgain, clock, cancellationToken);
    }

    private async Task SignAsync(CancellationToken cancellationToken)
    {
        var seen = node.Store.ChangePosition;
        if (await node.Clockwork.SignCheckpointsAsync(cancellationToken) == 0)
        {
            await node.Store.WaitForChangeAsync(seen, LookAgain, cancellationToken);
        }

        // One signature covers all leaves of these seconds; a leaf waits at most this long for one.
        await Task.Delay(CheckpointGathers, clock, cancellationToken);
    }

    /// <summary>Pending domains, each once an hour.</summary>
    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(DomainsAgain, clock, cancellationToken);
        await node.Domains.CheckPendingAsync(cancellationToken);
    }

    /// <summary>Daily, and some seconds after the start, when the listener is up.</summary>
    private async Task TestUnsubscribeAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(LookAgain, clock, cancellationToken);
        await node.UnsubscribeSelfTest.RunIfDueAsync(cancellationToken);
    }

    /// <summary>Tells people by mail. Changes of these seconds go out together.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var seen = node.Store.ChangePosition;
        foreach (var outcome in await node.Notices.RunAsync(cancellationToken))
        {
            if (outcome.Result is NoticeResult.GivenUp)
            {
                Log.NoticeGivenUp(logger, outcome.Kind, outcome.Failure);
            }
            else if (outcome.Result is NoticeResult.Later)
            {
                Log.NoticeWaits(logger, outcome.Kind, outcome.Failure);
            }
        }

        await node.Store.WaitForChangeAsync(seen, Until(await node.Notices.NextDueAsync(cancellationToken)), cancellationToken);
        await Task.Delay(NoticesGather, clock, cancellationToken);
    }

    private Task FetchAsync(CancellationToken cancellationToken) =>
        node.Sources.RunAsync(fault => Log.SourceFailed(logger, fault), cancellationToken);

    private TimeSpan Until(DateTimeOffset? due)
    {
        if (due is null)
        {
            return LookAgain;
        }

        var wait = due.Value - clock.GetUtcNow();
        return wait < ShortestWait ? ShortestWait : wait > LookAgain ? LookAgain : wait;
    }

    private Task LoopAsync(string name, Func<CancellationToken, Task> round) => Task.Run(async () =>
    {
        var pause = FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await round(_stop.Token);
                pause = FirstPause;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.RoundFailed(logger, e, name, pause.TotalSeconds);
                await PauseAsync(pause);
                pause = pause < LookAgain ? pause * 2 : LookAgain;
            }
        }
    });

    private async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Mail that was fetched from elsewhere could not be stored; it is fetched again")]
        public static partial void SourceFailed(ILogger logger, Exception fault);

        [LoggerMessage(Level = LogLevel.Error, Message = "A notice to the notify address ({Kind}) was given up: {Failure}; nobody was told")]
        public static partial void NoticeGivenUp(ILogger logger, string kind, string? failure);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A notice to the notify address ({Kind}) could not be sent now: {Failure}; it is tried again")]
        public static partial void NoticeWaits(ILogger logger, string kind, string? failure);

        [LoggerMessage(Level = LogLevel.Error, Message = "Background work {Name} failed; it is tried again in {Seconds} s")]
        public static partial void RoundFailed(ILogger logger, Exception fault, string name, double seconds);
    }
}
