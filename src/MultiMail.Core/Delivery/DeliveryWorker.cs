using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using System.Security.Cryptography;

namespace MultiMail.Core.Delivery;

/// <summary>
/// Works off the outbox. Each job is leased; the bytes are checked against the approved digest on the spot; the intent leaf is
/// durable before anything is delivered; the outcome commits together with what was delivered.
/// </summary>
public sealed class DeliveryWorker
{
    private const int Batch = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly CoreContext _core;
    private readonly DeliveryHead _head;
    private readonly DueStep _due;
    private readonly AttemptStep _attempt;
    private readonly LocalDelivery _local;
    private readonly string _owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    internal DeliveryWorker(CoreContext core, InboundMail inbound, DeliveryHead head)
    {
        _core = core;
        _head = head;
        _due = new DueStep(core);
        _attempt = new AttemptStep(core);
        _local = new LocalDelivery(core, inbound);
    }

    /// <summary>Claims and works off what is due now.</summary>
    /// <returns>How many jobs it took; less than a full batch means that nothing more is due.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var jobs = await _core.Store.WriteAsync(unit => unit.ClaimAsync(_owner, Lease, Batch), cancellationToken).ConfigureAwait(false);
        var faults = new List<Exception>();
        foreach (var job in jobs)
        {
            try
            {
                await WorkAsync(job, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                faults.Add(fault); // one message's trouble stops no other; its lease runs out and it is tried again
            }
        }

        return faults.Count == 0 ? jobs.Count : throw new AggregateException("Some deliveries failed for a reason of our own.", faults);
    }

    private async Task WorkAsync(OutboxJob job, CancellationToken cancellationToken)
    {
        if (await LoadedMessage.ReadAsync(_core, job, cancellationToken).ConfigureAwait(false) is not { } load)
        {
            await CompleteAsync(job, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (load.Message.State is MessageState.Scheduled)
        {
            await _due.RunAsync(job, cancellationToken).ConfigureAwait(false); // queued now, it is claimed again at once
            return;
        }

        var fresh = load.Head is null && load.Covered
            ? await _head.MakeAsync(load.Message, load.Mailbox, load.Wire, route: null, cancellationToken).ConfigureAwait(false)
            : null;

        // Also when a node died between intent and outcome: local delivery commits with its outcome, so what is not settled was not delivered.
        if (await _attempt.RunAsync(job, load, fresh, cancellationToken).ConfigureAwait(false))
        {
            await DeliverAsync(job, load, fresh ?? load.Head!, cancellationToken).ConfigureAwait(false); // covered, so it had one or got one
        }
    }

    private async Task DeliverAsync(OutboxJob job, LoadedMessage load, MessageHead head, CancellationToken cancellationToken)
    {
        var bytes = SentForm.Join(head, load.Wire);
        foreach (var recipient in load.Recipients.Where(Outcomes.IsOpen))
        {
            await _local.RunAsync(job, load.Message, recipient, bytes, cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(job, cancellationToken).ConfigureAwait(false);
    }

    private async Task CompleteAsync(OutboxJob job, CancellationToken cancellationToken) =>
        await _core.Store.WriteAsync(
            async unit =>
            {
                if (await unit.HoldsLeaseAsync(job).ConfigureAwait(false))
                {
                    await unit.CompleteAsync(job).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
