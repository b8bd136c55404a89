using MultiMail.Core.Node;

namespace MultiMail.Core.Delivery;

/// <summary>Scheduled mail whose time has come is gated once more.</summary>
internal sealed class DueStep(CoreContext core)
{
    public async Task RunAsync(OutboxJob job, CancellationToken cancellationToken)
    {
        var note = core.Transitions.Note(LeafActor.System) with { Policy = "gate" };
        await core.Store.WriteAsync(
            async unit =>
            {
                if (await DeliveryScene.ReadAsync(core, unit, job).ConfigureAwait(false) is not { } scene)
                {
                    return false;
                }

                if (Kernel.Decide(scene.Message.State, new KernelEvent.Due(Actor.System, scene.Gate, scene.Approvals)) is not Moved moved)
                {
                    await unit.PostponeAsync(job, Pauses.Until(scene.Message, unit.Now), "not_due").ConfigureAwait(false);
                    return false;
                }

                await core.Transitions.MoveAsync(unit, scene.Message, moved, scene.Mailbox, note).ConfigureAwait(false);
                if (moved.To is MessageState.Queued)
                {
                    await unit.PostponeAsync(job, unit.Now, "due").ConfigureAwait(false); // give the lease back: the next round takes it
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
