using MultiMail.Core.Inbound;
using MultiMail.Core.Node;

namespace MultiMail.Core.Delivery;

/// <summary>One claimed job, from the look at the message to the written outcome.</summary>
internal sealed class DeliveryRun(CoreContext core, InboundMail inbound, DeliveryHead head, DeliveryLanes lanes)
{
    private readonly DueStep _due = new(core);
    private readonly AttemptStep _attempt = new(core);
    private readonly RestStep _rest = new(core);
    private readonly LocalDelivery _local = new(core, inbound);
    private readonly Settlement _settlement = new(core, inbound);
    private readonly RemoteDelivery _remote = new(core, new Settlement(core, inbound));

    /// <param name="atRelay">Called once when all that is left is a dialogue with a relay.</param>
    public async Task WorkAsync(OutboxJob job, Action atRelay, CancellationToken cancellationToken)
    {
        if (await LoadedMessage.ReadAsync(core, job, cancellationToken).ConfigureAwait(false) is not { } load)
        {
            await EndAsync(job, static (unit, j) => unit.CompleteAsync(j), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (load.Message.State is MessageState.Scheduled)
        {
            await _due.RunAsync(job, cancellationToken).ConfigureAwait(false); // queued now, it is claimed again at once
            return;
        }

        // Local delivery commits with its outcome; who is on the way to a relay was so when a node died.
        if (load.Recipients.Any(r => r.State is RecipientState.Sending))
        {
            await _settlement.LostAsync(job, load).ConfigureAwait(false);
            return;
        }

        var plan = await DeliveryPlan.MakeAsync(core, load, cancellationToken).ConfigureAwait(false);
        if (load.Message.World is World.Test || plan.Remote.Count == 0)
        {
            await AttemptAsync(job, load, plan with { Remote = [] }, ticket: null, atRelay, cancellationToken).ConfigureAwait(false);
            return;
        }

        await WithRelayAsync(job, load, plan, atRelay, cancellationToken).ConfigureAwait(false);
    }

    private async Task WithRelayAsync(OutboxJob job, LoadedMessage load, DeliveryPlan plan, Action atRelay, CancellationToken cancellationToken)
    {
        var now = core.Clock.GetUtcNow();
        var lastChance = job.FirstAt + RetrySchedule.GiveUpAfter <= now;
        var (rest, full) = (plan.Route is null && !lastChance ? _rest.NoRoute() : null, (string?)null);
        using var ticket = plan.Route is null ? null : lanes.TryEnter(plan.Route.Relay, plan.RemoteDomains, now, lastChance, out rest, out full);
        if (rest is null && full is null)
        {
            await AttemptAsync(job, load, plan, ticket, atRelay, cancellationToken).ConfigureAwait(false);
        }
        else if (plan.Local.Count > 0)
        {
            await AttemptAsync(job, load, plan with { Remote = [] }, ticket: null, atRelay, cancellationToken).ConfigureAwait(false); // the others do not wait for a relay
        }
        else if (rest is not null)
        {
            await _rest.RunAsync(job, plan.Remote, rest, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await EndAsync(job, (unit, j) => unit.ReturnAsync(j, full!), cancellationToken).ConfigureAwait(false); // neither rest nor room: full
        }
    }

    private async Task AttemptAsync(
        OutboxJob job, LoadedMessage load, DeliveryPlan plan, DeliveryLanes.Ticket? ticket, Action atRelay, CancellationToken cancellationToken)
    {
        if (plan.IsEmpty && load.Message.World is World.Live)
        {
            await EndAsync(job, JobEnd.WriteAsync, cancellationToken).ConfigureAwait(false); // nobody's time has come
            return;
        }

        var fresh = load.Head is null && load.Covered
            ? await head.MakeAsync(load.Message, load.Mailbox, load.Wire, plan.Route, cancellationToken).ConfigureAwait(false)
            : null;
        if (!await _attempt.RunAsync(job, load, fresh, plan.Remote, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var bytes = SentForm.Join(fresh ?? load.Head!, load.Wire); // covered, so it had a head or got one
        foreach (var recipient in plan.Local)
        {
            await _local.RunAsync(job, load.Message, recipient, bytes, cancellationToken).ConfigureAwait(false);
        }

        if (plan.Remote.Count > 0)
        {
            atRelay();
            await _remote.RunAsync(job, load, plan, ticket, bytes, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await EndAsync(job, JobEnd.WriteAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(OutboxJob job, Func<Storage.IWriteUnit, OutboxJob, ValueTask> end, CancellationToken cancellationToken) =>
        await core.Store.WriteAsync(
            async unit =>
            {
                if (await unit.RenewAsync(job, DeliveryWorker.Lease).ConfigureAwait(false))
                {
                    await end(unit, job).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
