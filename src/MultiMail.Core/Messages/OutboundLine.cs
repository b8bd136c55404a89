using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using System.Text.Json;

namespace MultiMail.Core.Messages;

/// <summary>
/// The one way out: every submission, whatever tool or route it came by, walks this line. Check, assess, compose, freeze,
/// and commit state, hold or outbox, leaf and event in one transaction.
/// </summary>
internal sealed class OutboundLine(CoreContext core, SubmissionCheck check, Freezing freezing, Commitments commitments)
{
    private const int Tries = 4;
    private static readonly TimeSpan AnswerLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan SameContentWindow = TimeSpan.FromSeconds(60);

    /// <param name="parent">The message that this one answers.</param>
    public async Task<SubmissionReceipt> SubmitAsync(Principal principal, Submission submission, Message? parent, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        MailboxId? mailbox = null;
        try
        {
            var written = await core.Templates.ExpandAsync(principal, submission, cancellationToken).ConfigureAwait(false);
            var wanted = await check.CheckAsync(principal, written, parent, cancellationToken).ConfigureAwait(false);
            mailbox = wanted.Mailbox.Id;
            return await CommitWithRetryAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal)
        {
            // A refused attempt is an attempt: it stands in the log with its code.
            await RefusalLeaves.WriteAsync(core, principal, LeafNames.SendBlocked, refusal, mailbox, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SubmissionReceipt> CommitWithRetryAsync(Principal principal, CheckedSubmission wanted, CancellationToken cancellationToken)
    {
        var outlook = await core.Policy.AssessAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        var expected = await core.Policy.ExpectAsync(principal, wanted, outlook, heldBefore: false, cancellationToken).ConfigureAwait(false);
        var reviewed = Kernel.Gate(expected) is Oversight.Verdict.Hold;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var frozen = await freezing.FreezeAsync(principal, wanted, outlook, reviewed, cancellationToken).ConfigureAwait(false);
                return await CommitAsync(principal, wanted, frozen, reviewed, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // Another process took the id or the idempotency key in this very moment: compose anew.
            }
            catch (OtherVerdictException other) when (attempt < Tries)
            {
                reviewed = other.Reviewed; // a mode or a rule changed while this was written: what the message says of its review must be true
            }
        }
    }

    private async Task<SubmissionReceipt> CommitAsync(
        Principal principal, CheckedSubmission wanted, NewMessage frozen, bool reviewed, CancellationToken cancellationToken)
    {
        var (commit, opening) = await commitments.MakeAsync(frozen.Message, frozen.Raw, wanted.Envelope.Select(r => r.Address.AddrSpec), cancellationToken).ConfigureAwait(false);
        var note = core.Transitions.Note(principal.LeafActor) with { Policy = "gate", Intent = wanted.Intent, Commit = commit };
        var monitored = core.NewId<EventId>();
        var (key, life) = wanted.IdempotencyKey is { } given ? ("k " + given, AnswerLife) : ("c " + Convert.ToHexStringLower(wanted.ContentSha256), SameContentWindow);
        await core.Store.StoreLargeRawAsync(principal.Account, frozen.Message.RawSha256, frozen.Raw, cancellationToken).ConfigureAwait(false);
        return await core.Store.WriteAsync(
            async unit =>
            {
                var answerKey = key;
                while (await unit.FindAnswerAsync(principal.Account, principal.PublicId, answerKey).ConfigureAwait(false) is { } kept)
                {
                    var before = Replay(kept, wanted.ContentSha256);
                    if (wanted.IdempotencyKey is not null || !await IsCancelledAsync(unit, principal.Account, before).ConfigureAwait(false))
                    {
                        return before;
                    }

                    answerKey = $"{key} {before.MessageId}"; // sent again after a cancel is no double click
                }

                var (message, moved, mailbox) = await GateAsync(unit, principal, frozen.Message, reviewed).ConfigureAwait(false);
                var fresh = frozen with { Message = message, Thread = frozen.Thread with { FirstAt = unit.Now, LastAt = unit.Now } };
                await core.Transitions.InsertAsync(unit, fresh, moved, mailbox, note).ConfigureAwait(false);
                await unit.KeepOpeningAsync(principal.Account, opening).ConfigureAwait(false);
                if (mailbox.Mode is Mode.Monitored && moved.Leaf is Leaf.SendReleased)
                {
                    await unit.AddEventAsync(core.Events.OfMessage(monitored, EventTypes.Monitored, message, mailbox.Address, unit.Now)).ConfigureAwait(false);
                }

                var receipt = Receipt(message, mailbox);
                var answer = JsonSerializer.Serialize(receipt, ReceiptJson.Default.SubmissionReceipt);
                await unit.KeepAnswerAsync(principal.Account, principal.PublicId, answerKey, new IdempotentAnswer(wanted.ContentSha256, answer, unit.Now + life)).ConfigureAwait(false);
                return receipt;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The decision: mode, pause, rules and limits as this very transaction sees them, and the kernel's word.</summary>
    /// <exception cref="OtherVerdictException">It is another one than the message was written for.</exception>
    private async ValueTask<(Message Message, Moved Moved, Mailbox Mailbox)> GateAsync(IWriteUnit unit, Principal principal, Message draft, bool reviewed)
    {
        var mailbox = await unit.FindMailboxAsync(principal.Account, draft.Mailbox).ConfigureAwait(false);
        var account = await unit.FindAccountAsync(principal.Account).ConfigureAwait(false);
        if (mailbox is null or { DeactivatedAt: not null } || account is null)
        {
            throw RefusalException.NotFound("mailbox");
        }

        var facts = await core.Policy.FactsAsync(unit, account, mailbox, draft).ConfigureAwait(false);
        var moved = RefusalCodes.Require(Kernel.Decide(MessageState.None, new KernelEvent.Submit(principal.ActorFor(principal.Lineage, principal.OwnWorld), facts)));
        OtherVerdictException.ThrowIf(reviewed, moved);
        await core.Policy.LimitAsync(unit, principal, mailbox, draft, moved).ConfigureAwait(false);
        return (draft with { State = moved.To, ReceivedAt = unit.Now, HeldBefore = moved.To is MessageState.Pending }, moved, mailbox);
    }

    private async ValueTask<bool> IsCancelledAsync(IWriteUnit unit, AccountId account, SubmissionReceipt receipt) =>
        core.Ids.TryParse<MessageId>(receipt.MessageId, out var id) &&
        await unit.FindMessageAsync(account, id).ConfigureAwait(false) is { State: MessageState.Cancelled };

    private SubmissionReceipt Receipt(Message message, Mailbox mailbox) => new(
        core.Ids.Format(message.Id), MessageStates.Name(message.State), Modes.Name(mailbox.Mode),
        message.State is MessageState.Pending ? core.ApprovalUrl(message.Id) : null, core.Ids.Format(message.Thread));

    private static SubmissionReceipt Replay(IdempotentAnswer kept, byte[] content) =>
        kept.RequestSha256.AsSpan().SequenceEqual(content)
            ? JsonSerializer.Deserialize(kept.Response, ReceiptJson.Default.SubmissionReceipt)! with { Deduplicated = true }
            : throw new RefusalException(ErrorCodes.IdempotencyConflict, "This idempotency key was used for another message.");
}
