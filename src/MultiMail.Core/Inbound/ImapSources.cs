using System.Security.Cryptography;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Inbound;

/// <summary>All mailboxes whose mail is fetched from elsewhere: which they are, how it stands, and the work itself.</summary>
public sealed class ImapSources
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Gathers = TimeSpan.FromSeconds(1);

    private readonly CoreContext _core;
    private readonly InboundMail _inbound;
    private readonly string _owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private volatile IReadOnlyList<Running> _running = [];

    internal ImapSources(CoreContext core, InboundMail inbound)
    {
        _core = core;
        _inbound = inbound;
    }

    /// <summary>What this process knows of each source; empty where it does no background work.</summary>
    public IReadOnlyList<ImapSourceStatus> Status => [.. _running.Select(r => r.Feed.Status)];

    /// <summary>Messages that were passed over because they could not be fetched, newest first.</summary>
    public async Task<IReadOnlyList<QuarantinedUid>> QuarantinedAsync(AccountId account, int limit, CancellationToken cancellationToken) =>
        await _core.Store.QuarantinedUidsAsync(account, limit, cancellationToken).ConfigureAwait(false);

    /// <summary>Feeds every linked mailbox, and follows the links when they change, until cancelled.</summary>
    /// <param name="onFault">Told of our own trouble with one source; that source is tried again.</param>
    public async Task RunAsync(Action<Exception> onFault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onFault);
        if (_core.Options.Fetcher is not { } fetcher)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _core.Clock, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            while (true)
            {
                var seen = _core.Store.ChangePosition;
                await FollowAsync(fetcher, onFault, cancellationToken).ConfigureAwait(false);
                await _core.Store.WaitForChangeAsync(seen, LookAgain, cancellationToken).ConfigureAwait(false);
                await Task.Delay(Gathers, _core.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(_running.Select(r => r.StopAsync())).ConfigureAwait(false);
            _running = [];
        }
    }

    /// <summary>Stops what is no longer linked as it was, and starts what is new.</summary>
    private async Task FollowAsync(IMailSource fetcher, Action<Exception> onFault, CancellationToken cancellationToken)
    {
        var wanted = await _core.Links.SourcesAsync(cancellationToken).ConfigureAwait(false);
        var gone = _running.Where(r => !wanted.Contains(r.Source)).ToList();
        await Task.WhenAll(gone.Select(r => r.StopAsync())).ConfigureAwait(false);
        var kept = _running.Except(gone).ToList();
        _running = [.. kept, .. wanted.Where(w => !kept.Exists(k => k.Source == w)).Select(w => Start(w, fetcher, onFault, cancellationToken))];
    }

    private Running Start(LinkedSource source, IMailSource fetcher, Action<Exception> onFault, CancellationToken cancellationToken)
    {
        var feed = new ImapFeed(_core, _inbound, source, _owner);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return new Running(source, feed, stop, Task.Run(() => feed.RunAsync(fetcher, onFault, stop.Token), CancellationToken.None));
    }

    private sealed record Running(LinkedSource Source, ImapFeed Feed, CancellationTokenSource Stop, Task Work)
    {
        public async Task StopAsync()
        {
            await Stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Stop.Dispose();
        }
    }
}
