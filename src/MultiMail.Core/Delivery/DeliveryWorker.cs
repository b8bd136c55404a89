using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;
using System.Globalization;
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
    private static readonly TimeSpan PausedRetry = TimeSpan.FromSeconds(30);
    private readonly CoreContext _core;
    private readonly InboundMail _inbound;
    private readonly string _owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    internal DeliveryWorker(CoreContext core, InboundMail inbound)
    {
        _core = core;
        _inbound = inbound;
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
        if (await LoadAsync(job, cancellationToken).ConfigureAwait(false) is not { } load)
        {
            await CompleteAsync(job, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (load.Message.State is MessageState.Scheduled)
        {
            await BecomeDueAsync(job, cancellationToken).ConfigureAwait(false); // queued now, it is claimed again at once
            return;
        }

        // Also when a node died between intent and outcome: local delivery commits with its outcome, so what is not settled was not delivered.
        if (await AttemptAsync(job, load, cancellationToken).ConfigureAwait(false))
        {
            await DeliverAsync(job, load, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Load?> LoadAsync(OutboxJob job, CancellationToken cancellationToken)
    {
        var message = await _core.Store.MessageAsync(job.Account, job.Message, cancellationToken).ConfigureAwait(false);
        if (message is null || message.Revision != job.Revision || message.State is not (MessageState.Scheduled or MessageState.Queued or MessageState.Sending))
        {
            return null;
        }

        var revision = (await _core.Store.RevisionsAsync(job.Account, job.Message, cancellationToken).ConfigureAwait(false)).FirstOrDefault(r => r.Number == job.Revision);
        byte[]? wire = null;
        try
        {
            wire = await _core.Store.RawAsync(job.Account, message.RawSha256, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            // The stored bytes are not those of their name: the digest check below fails, and with it the message.
        }

        var recipients = await _core.Store.RecipientsOfAsync(job.Account, job.Message, cancellationToken).ConfigureAwait(false);
        var covered = revision is not null && wire is not null && Manifest.Covers(message.Digest, revision, wire)
            && recipients.All(r => Manifest.Recipients(revision).Contains(r.Address));
        return new Load(message, wire ?? [], recipients, covered);
    }

    /// <summary>Scheduled mail whose time has come is gated once more.</summary>
    private async Task BecomeDueAsync(OutboxJob job, CancellationToken cancellationToken)
    {
        var note = _core.Transitions.Note(LeafActor.System) with { Policy = "gate" };
        await _core.Store.WriteAsync(
            async unit =>
            {
                if (await SceneAsync(unit, job).ConfigureAwait(false) is not { } scene)
                {
                    return false;
                }

                switch (Kernel.Decide(scene.Message.State, new KernelEvent.Due(Actor.System, scene.Gate, scene.Approvals)))
                {
                    case Moved moved:
                        await _core.Transitions.MoveAsync(unit, scene.Message, moved, scene.Mailbox, note).ConfigureAwait(false);
                        if (moved.To is MessageState.Queued)
                        {
                            await unit.PostponeAsync(job, unit.Now, "due").ConfigureAwait(false); // give the lease back: the next round takes it
                        }

                        break;
                    default:
                        await unit.PostponeAsync(job, Later(scene.Message, unit.Now), "not_due").ConfigureAwait(false);
                        break;
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The last check and the intent leaf, durable before the first byte leaves.</summary>
    /// <returns>True when delivery may go on.</returns>
    private async Task<bool> AttemptAsync(OutboxJob job, Load load, CancellationToken cancellationToken)
    {
        var note = _core.Transitions.Note(LeafActor.System) with { Policy = "gate" };
        return await _core.Store.WriteAsync(
            async unit =>
            {
                if (await SceneAsync(unit, job).ConfigureAwait(false) is not { } scene)
                {
                    return false;
                }

                var recheck = Kernel.Decide(scene.Message.State, new KernelEvent.Recheck(Actor.System, scene.Gate, scene.Approvals, load.Covered, scene.Blocked is not null));
                if (recheck is Moved stopped)
                {
                    var code = !load.Covered ? ErrorCodes.DigestMismatch : scene.Blocked ?? (scene.Gate.Mode is Mode.ReadOnly ? ErrorCodes.ModeReadOnly : null);
                    await StopAsync(unit, scene, stopped, note with { Code = code }).ConfigureAwait(false);
                    return false;
                }

                var attempt = Kernel.Decide(scene.Message.State, new KernelEvent.Attempt(
                    Actor.System, scene.Message.World, scene.Gate, scene.Approvals, load.Covered, scene.Blocked is not null));
                if (attempt is not Moved moved)
                {
                    await unit.PostponeAsync(job, Later(scene.Message, unit.Now), "paused").ConfigureAwait(false);
                    return false;
                }

                await _core.Transitions.MoveAsync(unit, scene.Message, moved, scene.Mailbox, note).ConfigureAwait(false);
                if (moved.To is not MessageState.Sending)
                {
                    await unit.CompleteAsync(job).ConfigureAwait(false); // a test message walked the whole line and ends here
                    return false;
                }

                await unit.MarkAttemptedAsync(job).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The last check found that this mail may not leave (any more). One that is being sent fails for whoever has not got it.</summary>
    private async ValueTask StopAsync(IWriteUnit unit, Scene scene, Moved stopped, TransitionNote note)
    {
        var message = await _core.Transitions.MoveAsync(unit, scene.Message, stopped, scene.Mailbox, note).ConfigureAwait(false);
        if (!stopped.Effects.HasFlag(Effects.FailOpenRecipients))
        {
            return;
        }

        foreach (var open in (await unit.RecipientsAsync(message.Account, message.Id).ConfigureAwait(false)).Where(Outcomes.IsOpen))
        {
            await unit.SetRecipientAsync(message.Account, message.Id, open.Address, RecipientState.Failed, note.Code).ConfigureAwait(false);
        }

        var outcome = Outcomes.Fold(await unit.RecipientsAsync(message.Account, message.Id).ConfigureAwait(false));
        if (Kernel.Decide(message.State, new KernelEvent.Settle(Actor.System, RecipientResult.Failed, outcome)) is Moved settled)
        {
            await _core.Transitions.MoveAsync(unit, message, settled, scene.Mailbox, note with { Event = _core.NewId<EventId>() }).ConfigureAwait(false);
        }
    }

    /// <summary>Puts the approved bytes into every recipient's mailbox; arrival and outcome of one recipient are one transaction.</summary>
    private async Task DeliverAsync(OutboxJob job, Load load, CancellationToken cancellationToken)
    {
        var bytes = FrozenForm.Prepend(load.Wire, [("Date", DateField(load.Message))]);
        foreach (var recipient in load.Recipients.Where(Outcomes.IsOpen))
        {
            var target = await _core.Store.MailboxByAddressAsync(job.Account, recipient.Address, cancellationToken).ConfigureAwait(false);
            var arrival = target is not { DeactivatedAt: null }
                ? null
                : await _inbound.PrepareAsync(job.Account, target.Id, load.Message.World, bytes, InboundMail.LocalKey(load.Message.Id), Provenance.Local, LeafActor.System, cancellationToken).ConfigureAwait(false);
            await SettleAsync(job, recipient, arrival, cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(job, cancellationToken).ConfigureAwait(false);
    }

    private async Task SettleAsync(OutboxJob job, Recipient recipient, Arrival? arrival, CancellationToken cancellationToken)
    {
        var note = _core.Transitions.Note(LeafActor.System) with { Code = arrival is null ? "5.1.1" : "local" };
        await _core.Store.WriteAsync(
            async unit =>
            {
                if (await SceneAsync(unit, job).ConfigureAwait(false) is not { } scene || !await IsOpenAsync(unit, job, recipient).ConfigureAwait(false))
                {
                    return false;
                }

                var target = arrival is null ? null : await unit.FindMailboxAsync(job.Account, arrival.Mailbox).ConfigureAwait(false);
                var accepted = arrival is not null && target is { DeactivatedAt: null };
                if (accepted)
                {
                    await _inbound.StoreAsync(unit, arrival!, target!).ConfigureAwait(false);
                }

                await unit.SetRecipientAsync(
                    job.Account, job.Message, recipient.Address, accepted ? RecipientState.Delivered : RecipientState.Bounced, accepted ? "2.0.0" : "5.1.1").ConfigureAwait(false);
                var outcome = Outcomes.Fold(await unit.RecipientsAsync(job.Account, job.Message).ConfigureAwait(false));
                var settle = new KernelEvent.Settle(Actor.System, accepted ? RecipientResult.Accepted : RecipientResult.Bounced, outcome);
                if (Kernel.Decide(scene.Message.State, settle) is Moved moved)
                {
                    await _core.Transitions.MoveAsync(unit, scene.Message, moved, scene.Mailbox, note).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsOpenAsync(IWriteUnit unit, OutboxJob job, Recipient recipient) =>
        (await unit.RecipientsAsync(job.Account, job.Message).ConfigureAwait(false))
            .Any(r => r.Address == recipient.Address && Outcomes.IsOpen(r));

    /// <summary>Everything the kernel asks for, as this transaction sees it; null when the lease is lost or the message is gone on.</summary>
    private async ValueTask<Scene?> SceneAsync(IWriteUnit unit, OutboxJob job)
    {
        if (!await unit.HoldsLeaseAsync(job).ConfigureAwait(false))
        {
            return null;
        }

        var message = await unit.FindMessageAsync(job.Account, job.Message).ConfigureAwait(false);
        if (message is null || message.Revision != job.Revision)
        {
            return null;
        }

        var mailbox = await unit.FindMailboxAsync(job.Account, message.Mailbox).ConfigureAwait(false);
        var account = await unit.FindAccountAsync(job.Account).ConfigureAwait(false);
        if (mailbox is null || account is null)
        {
            return null;
        }

        var standing = await unit.StandingApprovalsAsync(job.Account, message.Id, message.Revision).ConfigureAwait(false);
        var gate = Assessment.Gate(mailbox, account, message.RiskFlags, message.HeldBefore, Assessment.TimingOf(message.SendAt, unit.Now));
        return new Scene(message, mailbox, gate, Assessment.ApprovalsOf(account, standing), await BlockedAsync(unit, message, mailbox).ConfigureAwait(false));
    }

    /// <summary>Why this submitter's mail may no longer leave; null = it may.</summary>
    private async ValueTask<string?> BlockedAsync(IWriteUnit unit, Message message, Mailbox mailbox)
    {
        if (mailbox.DeactivatedAt is not null)
        {
            return ErrorCodes.NotFound;
        }

        return _core.Ids.TryParse<ApiKeyId>(message.SubmittedBy, out var key) && await unit.FindKeyAsync(message.Account, key).ConfigureAwait(false) is null or { RevokedAt: not null }
            ? ErrorCodes.KeyRevoked
            : null;
    }

    private static DateTimeOffset Later(Message message, DateTimeOffset now) =>
        message.SendAt is { } at && at > now ? at : now + PausedRetry;

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

    // RFC 5322 §3.3: the time at which the message was put into its final form, which for held mail is its submission; kept for every retry.
    private static string DateField(Message message) =>
        (message.SendAt ?? message.ReceivedAt).UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private sealed record Load(Message Message, byte[] Wire, IReadOnlyList<Recipient> Recipients, bool Covered);

    private sealed record Scene(Message Message, Mailbox Mailbox, GateFacts Gate, Approvals Approvals, string? Blocked);
}
