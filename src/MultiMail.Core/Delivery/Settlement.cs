using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>Writes down what became of the recipients of one transaction: each its leaf, all in one unit with the job.</summary>
internal sealed class Settlement(CoreContext core, InboundMail inbound)
{
    /// <summary>A node died, or went silent, between the intent and the outcome: a byte may have left.</summary>
    public Task LostAsync(OutboxJob job, LoadedMessage load)
    {
        var now = core.Clock.GetUtcNow();
        return ApplyAsync(job, load, [.. load.Recipients.Where(r => r.State is RecipientState.Sending).Select(r => Verdicts.Lost(r, now))]);
    }

    /// <summary>Takes no cancellation: what a relay has said is written down even while the node stops.</summary>
    public async Task ApplyAsync(OutboxJob job, LoadedMessage load, IReadOnlyList<Verdict> verdicts)
    {
        var note = core.Transitions.Note(LeafActor.System);
        var gaveUp = verdicts.Where(v => v.GaveUp).Select(v => v.After).ToList();
        var notice = gaveUp.Count == 0 ? null : await NoticeAsync(job, load, gaveUp).ConfigureAwait(false);
        await core.Store.WriteAsync(
            async unit =>
            {
                if (await DeliveryScene.ReadAsync(core, unit, job).ConfigureAwait(false) is not { } scene)
                {
                    return false; // somebody else has the job: for him this attempt's outcome is unknown
                }

                var message = scene.Message;
                foreach (var verdict in verdicts)
                {
                    message = await SettleAsync(unit, message, scene.Mailbox, verdict, note).ConfigureAwait(false);
                }

                if (notice is not null)
                {
                    await inbound.StoreAsync(unit, notice, scene.Mailbox).ConfigureAwait(false);
                }

                await JobEnd.WriteAsync(unit, job).ConfigureAwait(false);
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask<Message> SettleAsync(IWriteUnit unit, Message message, Mailbox mailbox, Verdict verdict, TransitionNote note)
    {
        var current = (await unit.RecipientsAsync(message.Account, message.Id).ConfigureAwait(false)).FirstOrDefault(r => r.Address == verdict.After.Address);
        if (current is not { State: RecipientState.Sending })
        {
            return message; // settled meanwhile, by something that named the message
        }

        await unit.SetRecipientAsync(message.Account, verdict.After).ConfigureAwait(false);
        var outcome = Outcomes.Fold(await unit.RecipientsAsync(message.Account, message.Id).ConfigureAwait(false));
        if (Kernel.Decide(message.State, new KernelEvent.Settle(Actor.System, verdict.Result, outcome)) is Moved moved)
        {
            message = await core.Transitions.MoveAsync(unit, message, moved, mailbox, note with { Code = verdict.After.Code }).ConfigureAwait(false);
        }

        if (verdict.Suppress)
        {
            await Suppressing.HardBounceAsync(core, unit, message, verdict.After.Address).ConfigureAwait(false);
            await core.Demotion.AfterBounceAsync(unit, message, note.Demotion).ConfigureAwait(false);
        }

        return message;
    }

    private async Task<Arrival> NoticeAsync(OutboxJob job, LoadedMessage load, List<Recipient> gaveUp)
    {
        var bytes = BounceNotice.Write(load, core.Ids.Format(job.Message), gaveUp, core.Clock.GetUtcNow());
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"notice {job.Message.Value} {job.Fence}");
        return await inbound.PrepareAsync(
            job.Account, load.Mailbox.Id, load.Message.World, bytes, key, Provenance.Local, LeafActor.System, CancellationToken.None).ConfigureAwait(false);
    }
}
