using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Inbound;

/// <summary>Feeds one mailbox from one source, for as long as this node holds the source's lease.</summary>
internal sealed class ImapFeed(CoreContext core, InboundMail inbound, LinkedSource source, string owner)
{
    internal static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Renew = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    /// <summary>Settings may be cured at the other end too: a new password there, an account unlocked.</summary>
    private static readonly TimeSpan AfterStop = TimeSpan.FromHours(1);

    private readonly ImapSourceKey _key = new(source.Account, source.Mailbox, $"{source.Endpoint.User} {source.Endpoint.Host}:{source.Endpoint.Port}/{source.Endpoint.Folder}");
    private ImapSourceStatus _status = new(source.Address, source.Endpoint.ToString(), ImapSourceState.Connecting, "Starting.", core.Clock.GetUtcNow(), 0);

    public ImapSourceStatus Status => Volatile.Read(ref _status);

    /// <param name="onFault">Told of what is our own trouble; the feed goes on.</param>
    public async Task RunAsync(IMailSource fetcher, Action<Exception> onFault, CancellationToken cancellationToken)
    {
        while (true)
        {
            var pause = LookAgain;
            try
            {
                pause = await OneTurnAsync(fetcher, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // One mailbox's trouble is not the others'.
                pause = AfterFault;
                Report(ImapSourceState.Failing, "What was fetched could not be stored; it is fetched again.");
                onFault(fault);
            }

            await Task.Delay(pause, core.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>How long to wait before the next turn.</returns>
    private async Task<TimeSpan> OneTurnAsync(IMailSource fetcher, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken).ConfigureAwait(false) is not { } lease)
        {
            Report(ImapSourceState.Elsewhere, "Another process of this installation fetches this mailbox.");
            return LookAgain;
        }

        try
        {
            return await FetchAsync(fetcher, lease, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The next node need not wait until it runs out. If even this fails, it waits.
            await core.Store.WriteAsync(
                async unit =>
                {
                    await unit.ReleaseLeaseAsync(lease).ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan> FetchAsync(IMailSource fetcher, StoreLease lease, CancellationToken cancellationToken)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sink = new ImapInbox(core, inbound, _key, lease, (state, detail) => Report(Of(state), detail), Count);
        var renewing = RenewAsync(turn);
        try
        {
            await fetcher.RunAsync(source.Endpoint, sink, turn.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The lease was lost.
        }
        catch (ImapSourceLostException)
        {
            // The same, noticed first by the store.
        }
        catch (MailSourceException stopped)
        {
            Report(ImapSourceState.Stopped, stopped.Message);
            return AfterStop;
        }
        finally
        {
            await turn.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return LookAgain;
    }

    /// <summary>Keeps the lease; ends the turn when it is lost or cannot be kept.</summary>
    private async Task RenewAsync(CancellationTokenSource turn)
    {
        try
        {
            do
            {
                await Task.Delay(Renew, core.Clock, turn.Token).ConfigureAwait(false);
            }
            while (await ClaimAsync(turn.Token).ConfigureAwait(false) is not null);
        }
        catch (Exception fault) when (fault is OperationCanceledException or StoreUnavailableException)
        {
            // Ended, or the store cannot keep it: another node may take over.
        }

        await turn.CancelAsync().ConfigureAwait(false);
    }

    private ValueTask<StoreLease?> ClaimAsync(CancellationToken cancellationToken)
    {
        var name = $"imap {_key.Mailbox.Value} {_key.Source}";
        return core.Store.WriteAsync(unit => unit.ClaimLeaseAsync(name, owner, LeaseLength), cancellationToken);
    }

    private void Report(ImapSourceState state, string detail)
    {
        var before = Status;
        if (before.State != state || before.Detail != detail)
        {
            Volatile.Write(ref _status, before with { State = state, Detail = detail, Since = core.Clock.GetUtcNow() });
        }
    }

    private void Count(int stored) => Volatile.Write(ref _status, Status with { Fetched = Status.Fetched + stored });

    private static ImapSourceState Of(MailSourceState state) => state switch
    {
        MailSourceState.Connecting => ImapSourceState.Connecting,
        MailSourceState.Idle => ImapSourceState.Idle,
        MailSourceState.Polling => ImapSourceState.Polling,
        MailSourceState.Fetching => ImapSourceState.Fetching,
        MailSourceState.Waiting => ImapSourceState.Waiting,
        _ => ImapSourceState.Stopped,
    };
}
