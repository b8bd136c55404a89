using MultiMail.Core.Compliance;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>The last check and the intent leaf, durable before the first byte leaves.</summary>
internal sealed class AttemptStep(CoreContext core)
{
    private const string SentOnceMore = "unknown_once_more";

    /// <param name="fresh">The head to keep when this is the first attempt; null when one is kept.</param>
    /// <param name="remote">Those to whom a byte may leave from now on.</param>
    /// <returns>True when delivery may go on.</returns>
    public async Task<bool> RunAsync(OutboxJob job, LoadedMessage load, MessageHead? fresh, IReadOnlyList<Recipient> remote, CancellationToken cancellationToken)
    {
        var note = core.Transitions.Note(LeafActor.System) with
        {
            Policy = "gate",
            Code = remote.Any(r => r.State is RecipientState.Unknown) ? SentOnceMore : null,
        };
        var ending = core.Transitions.Note(LeafActor.System) with { Policy = "gate" };
        var look = load.Covered ? await core.Compliance.LookAsync(load, cancellationToken).ConfigureAwait(false) : null;
        return await core.Store.WriteAsync(
            async unit =>
            {
                if (await DeliveryScene.ReadAsync(core, unit, job).ConfigureAwait(false) is not { } scene)
                {
                    return false;
                }

                if (await MovedOnAsync(unit, job, remote).ConfigureAwait(false))
                {
                    await JobEnd.WriteAsync(unit, job).ConfigureAwait(false);
                    return false;
                }

                var blocked = await Blocks.OfAsync(core, unit, scene.Message, scene.Mailbox).ConfigureAwait(false);
                var rules = blocked is null && look is not null ? await ComplianceDesk.BlockAsync(unit, look).ConfigureAwait(false) : null;
                blocked ??= rules?.Code;
                if (await StopsAsync(unit, scene, load.Covered, blocked, rules is null ? ending : ending with { Policy = rules.Rules }).ConfigureAwait(false))
                {
                    return false;
                }

                var attempt = Kernel.Decide(scene.Message.State, new KernelEvent.Attempt(
                    Actor.System, scene.Message.World, scene.Gate, scene.Approvals, load.Covered, blocked is not null));
                if (attempt is not Moved moved)
                {
                    await unit.PostponeAsync(job, Pauses.Until(scene.Message, unit.Now), "paused").ConfigureAwait(false);
                    return false;
                }

                // The log has what was signed before anybody else can: a key stolen later cannot make older mail.
                var signed = moved.To is MessageState.Sending && (fresh ?? load.Head) is { } head ? IdentityField.DigestIn(head.Bytes) : null;
                await core.Transitions.MoveAsync(unit, scene.Message, moved, scene.Mailbox, note with { SignedDigest = signed }).ConfigureAwait(false);
                if (moved.To is not MessageState.Sending)
                {
                    await unit.CompleteAsync(job).ConfigureAwait(false); // a test message walked the whole line and ends here
                    return false;
                }

                await BeginAsync(unit, job, scene.Mailbox.Id, fresh, remote).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Mail that came in since this job was read has told something of a recipient: the plan is made anew, or he gets a message that he has.</summary>
    private static async ValueTask<bool> MovedOnAsync(IWriteUnit unit, OutboxJob job, IReadOnlyList<Recipient> planned)
    {
        var now = await unit.RecipientsAsync(job.Account, job.Message).ConfigureAwait(false);
        return !planned.All(p => now.Any(n => n.Address == p.Address && n.State == p.State && n.NextAt == p.NextAt));
    }

    private static async ValueTask BeginAsync(IWriteUnit unit, OutboxJob job, MailboxId mailbox, MessageHead? fresh, IReadOnlyList<Recipient> remote)
    {
        if (fresh is not null)
        {
            await unit.KeepHeadAsync(job.Account, fresh with { CreatedAt = unit.Now }).ConfigureAwait(false);
        }

        foreach (var recipient in remote)
        {
            await unit.SetRecipientAsync(job.Account, recipient with { State = RecipientState.Sending, NextAt = null }).ConfigureAwait(false);
        }

        if (remote.Count > 0)
        {
            await unit.NoteSentAsync(job.Account, mailbox, job.Message).ConfigureAwait(false);
        }

        await unit.MarkAttemptedAsync(job).ConfigureAwait(false);
    }

    private async ValueTask<bool> StopsAsync(IWriteUnit unit, DeliveryScene scene, bool covered, string? blocked, TransitionNote note)
    {
        var recheck = Kernel.Decide(
            scene.Message.State, new KernelEvent.Recheck(Actor.System, scene.Gate, scene.Approvals, covered, blocked is not null));
        if (recheck is not Moved stopped)
        {
            return false;
        }

        var code = !covered ? ErrorCodes.DigestMismatch : blocked ?? (scene.Gate.Mode is Mode.ReadOnly ? ErrorCodes.ModeReadOnly : null);
        await StopAsync(unit, scene, stopped, note with { Code = code }).ConfigureAwait(false);
        return true;
    }

    /// <summary>The last check found that this mail may not leave (any more). One that is being sent fails for whoever has not got it.</summary>
    private async ValueTask StopAsync(IWriteUnit unit, DeliveryScene scene, Moved stopped, TransitionNote note)
    {
        var message = await core.Transitions.MoveAsync(unit, scene.Message, stopped, scene.Mailbox, note).ConfigureAwait(false);
        if (!stopped.Effects.HasFlag(Effects.FailOpenRecipients))
        {
            return;
        }

        foreach (var open in (await unit.RecipientsAsync(message.Account, message.Id).ConfigureAwait(false)).Where(Outcomes.IsOpen))
        {
            await unit.SetRecipientAsync(message.Account, open with { State = RecipientState.Failed, Code = note.Code, NextAt = null }).ConfigureAwait(false);
        }

        // The stop itself told no event: it left the message where it was.
        var outcome = Outcomes.Fold(await unit.RecipientsAsync(message.Account, message.Id).ConfigureAwait(false));
        if (Kernel.Decide(message.State, new KernelEvent.Settle(Actor.System, RecipientResult.Failed, outcome)) is Moved settled)
        {
            await core.Transitions.MoveAsync(unit, message, settled, scene.Mailbox, note).ConfigureAwait(false);
        }
    }
}
