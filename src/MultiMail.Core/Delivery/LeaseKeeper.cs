using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>Renews a job's lease while a dialogue takes long. When the job went to somebody else, the dialogue is cut off.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _lost;
    private readonly Task _loop;

    private LeaseKeeper(CoreContext core, OutboxJob job, TimeSpan lease, CancellationToken cancellationToken)
    {
        _stop = new CancellationTokenSource();
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _loop = KeepAsync(core, job, lease);
    }

    /// <summary>Cancelled when the caller is, or when the lease is lost.</summary>
    public CancellationToken Token => _lost.Token;

    public static LeaseKeeper Start(CoreContext core, OutboxJob job, TimeSpan lease, CancellationToken cancellationToken) => new(core, job, lease, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task KeepAsync(CoreContext core, OutboxJob job, TimeSpan lease)
    {
        using var timer = new PeriodicTimer(lease / 2, core.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (!await core.Store.WriteAsync(unit => unit.RenewAsync(job, lease), _stop.Token).ConfigureAwait(false))
                {
                    await _lost.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // the dialogue is over
        }
        catch (StoreUnavailableException)
        {
            // Unrenewed, the lease runs out and the outcome counts as unknown, as after a crash.
        }
    }
}
