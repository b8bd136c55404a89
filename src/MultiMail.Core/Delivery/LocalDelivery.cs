using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>Puts a message into mailboxes of this server; arrival and outcome of one recipient are one transaction.</summary>
internal sealed class LocalDelivery(CoreContext core, InboundMail inbound)
{
    /// <param name="bytes">Head and wire.</param>
    public async Task RunAsync(OutboxJob job, Message message, Recipient recipient, byte[] bytes, CancellationToken cancellationToken)
    {
        var target = await core.Store.MailboxByAddressAsync(job.Account, recipient.Address, cancellationToken).ConfigureAwait(false);
        var arrival = target is not { DeactivatedAt: null }
            ? null
            : await inbound.PrepareAsync(job.Account, target.Id, message.World, bytes, InboundMail.LocalKey(message.Id), Provenance.Local, LeafActor.System, cancellationToken).ConfigureAwait(false);
        await SettleAsync(job, recipient, arrival, cancellationToken).ConfigureAwait(false);
    }

    private async Task SettleAsync(OutboxJob job, Recipient recipient, Arrival? arrival, CancellationToken cancellationToken)
    {
        var note = core.Transitions.Note(LeafActor.System) with { Code = arrival is null ? "5.1.1" : "local" };
        await core.Store.WriteAsync(
            async unit =>
            {
                if (await DeliveryScene.ReadAsync(core, unit, job).ConfigureAwait(false) is not { } scene || !await IsOpenAsync(unit, job, recipient).ConfigureAwait(false))
                {
                    return false;
                }

                var target = arrival is null ? null : await unit.FindMailboxAsync(job.Account, arrival.Mailbox).ConfigureAwait(false);
                var accepted = arrival is not null && target is { DeactivatedAt: null };
                if (accepted)
                {
                    await inbound.StoreAsync(unit, arrival!, target!).ConfigureAwait(false);
                }

                var after = accepted
                    ? recipient with { State = RecipientState.Delivered, Code = "2.0.0", NextAt = null }
                    : recipient with { State = RecipientState.Bounced, Code = "5.1.1", Detail = "There is no such mailbox on this server.", NextAt = null };
                await unit.SetRecipientAsync(job.Account, after).ConfigureAwait(false);
                var outcome = Outcomes.Fold(await unit.RecipientsAsync(job.Account, job.Message).ConfigureAwait(false));
                var settle = new KernelEvent.Settle(Actor.System, accepted ? RecipientResult.Accepted : RecipientResult.Bounced, outcome);
                if (Kernel.Decide(scene.Message.State, settle) is Moved moved)
                {
                    await core.Transitions.MoveAsync(unit, scene.Message, moved, scene.Mailbox, note).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsOpenAsync(IWriteUnit unit, OutboxJob job, Recipient recipient) =>
        (await unit.RecipientsAsync(job.Account, job.Message).ConfigureAwait(false))
            .Any(r => r.Address == recipient.Address && Outcomes.IsOpen(r));
}
