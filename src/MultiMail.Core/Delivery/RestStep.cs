using MultiMail.Core.Node;

namespace MultiMail.Core.Delivery;

/// <summary>Nothing can be tried now: the job waits, and the recipients say why.</summary>
internal sealed class RestStep(CoreContext core)
{
    private static readonly TimeSpan Scatter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NoRouteWait = TimeSpan.FromMinutes(30);

    public const string NoRouteDetail = "No relay is set up for this mailbox.";

    public RelayRest NoRoute() => new(core.Clock.GetUtcNow() + NoRouteWait, ErrorCodes.NoRelay, NoRouteDetail);

    public async Task RunAsync(OutboxJob job, IReadOnlyList<Recipient> waiting, RelayRest rest, CancellationToken cancellationToken)
    {
        var until = rest.Until + (Scatter * RetrySchedule.Spread(job.Message, job.Tries));
        await core.Store.WriteAsync(
            async unit =>
            {
                if (!await unit.RenewAsync(job, DeliveryWorker.Lease).ConfigureAwait(false))
                {
                    return false;
                }

                foreach (var recipient in waiting)
                {
                    await unit.SetRecipientAsync(job.Account, recipient with { Code = rest.Code, Detail = rest.Detail, NextAt = until }).ConfigureAwait(false);
                }

                await unit.BlockAsync(job, until, rest.Code).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
