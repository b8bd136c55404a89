using MultiMail.Core.Evidence;
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
            var answer = wanted.IdempotencyKey is { } given
                ? AnswerKey.Named(given, wanted.ContentSha256)
                : new AnswerKey("c " + Convert.ToHexStringLower(wanted.ContentSha256), SameContentWindow, wanted.ContentSha256, IsNamed: false);
            var passed = await WalkAsync(new Passage(principal, wanted, LineAct.Submit) { Answer = answer }, cancellationToken).ConfigureAwait(false);
            return passed.Receipt;
        }
        catch (RefusalException refusal)
        {
            // A refused attempt is an attempt: it stands in the log with its code.
            await RefusalLeaves.WriteAsync(core, principal, LeafNames.SendBlocked, refusal, mailbox, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A draft is submitted, or what waits is changed: the same line, to the same message.</summary>
    public async Task<Passed> ReviseAsync(Principal principal, Submission submission, Message? parent, Message before, LineAct act, AnswerKey? answer, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = await check.CheckAsync(principal, submission, parent, cancellationToken, before).ConfigureAwait(false);
            return await WalkAsync(new Passage(principal, wanted, act) { Answer = answer }, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal) when (refusal.Code is not (ErrorCodes.VersionConflict or ErrorCodes.AlreadyDecided))
        {
            await RefusalLeaves.WriteAsync(core, principal, LeafNames.SendBlocked, refusal, before.Mailbox, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same line to its end, and then back: nothing of it is kept.</summary>
    /// <exception cref="RefusalException">What the submission would be refused for.</exception>
    public async Task<Rehearsal> RehearseAsync(Principal principal, Submission submission, Message? parent, Message? before, CancellationToken cancellationToken)
    {
        var written = await core.Templates.ExpandAsync(principal, submission, cancellationToken).ConfigureAwait(false);
        var wanted = await check.CheckAsync(principal, written, parent, cancellationToken, before).ConfigureAwait(false);
        var passage = new Passage(principal, wanted, LineAct.Submit);
        return await TryAsync(passage, (frozen, reviewed) => RehearseAsync(passage, frozen, reviewed, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The answer that an earlier request of this key got; null when there is none.</summary>
    public async Task<SubmissionReceipt?> ReplayAsync(Principal principal, AnswerKey key, CancellationToken cancellationToken) =>
        await core.Store.WriteAsync(
            async unit => await unit.FindAnswerAsync(principal.Account, principal.PublicId, key.Key).ConfigureAwait(false) is { } kept ? Replay(kept, key.Request) : null,
            cancellationToken).ConfigureAwait(false);

    private Task<Passed> WalkAsync(Passage passage, CancellationToken cancellationToken) =>
        TryAsync(passage, (frozen, reviewed) => CommitAsync(passage, frozen, reviewed, cancellationToken), cancellationToken);

    /// <summary>Assesses and freezes, and runs <paramref name="end"/> on the outcome; again when the world changed under it.</summary>
    private async Task<T> TryAsync<T>(Passage passage, Func<NewMessage, bool, Task<T>> end, CancellationToken cancellationToken)
    {
        var (principal, wanted) = (passage.Principal, passage.Wanted);
        var account = await core.Store.GetAccountAsync(principal.Account, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("account");
        var outlook = await core.Policy.AssessAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        var expected = await core.Policy.ExpectAsync(principal, account, wanted, outlook, wanted.Before?.HeldBefore ?? false, cancellationToken).ConfigureAwait(false);
        var reviewed = passage.Act is LineAct.HumanEdit || Kernel.Gate(expected) is Oversight.Verdict.Hold;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var frozen = await freezing.FreezeAsync(principal, account, wanted, outlook, reviewed, cancellationToken).ConfigureAwait(false);
                return await end(frozen, reviewed).ConfigureAwait(false);
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

    private async Task<Rehearsal> RehearseAsync(Passage passage, NewMessage frozen, bool reviewed, CancellationToken cancellationToken)
    {
        try
        {
            return await core.Store.WriteAsync<Rehearsal>(
                async unit =>
                {
                    var (message, moved, mailbox) = await GateAsync(unit, passage, frozen.Message, reviewed).ConfigureAwait(false);
                    throw new RehearsedException(new Rehearsal(frozen with { Message = message }, moved, mailbox)); // and so the unit is rolled back
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (RehearsedException end)
        {
            return end.Rehearsal;
        }
    }

    private async Task<Passed> CommitAsync(Passage passage, NewMessage frozen, bool reviewed, CancellationToken cancellationToken)
    {
        var (principal, wanted) = (passage.Principal, passage.Wanted);
        var (commit, opening) = await commitments.MakeAsync(frozen.Message, frozen.Raw, wanted.Envelope.Select(r => r.Address.AddrSpec), cancellationToken).ConfigureAwait(false);
        var note = core.Transitions.Note(principal.LeafActor) with { Policy = "gate", Intent = wanted.Intent, Commit = commit };
        var (monitored, demoted) = (core.NewId<EventId>(), core.NewId<EventId>());
        await StoreLargeAsync(frozen, cancellationToken).ConfigureAwait(false);
        return await core.Store.WriteAsync(
            async unit =>
            {
                var (before, answer) = await EarlierAsync(unit, principal, passage.Answer).ConfigureAwait(false);
                if (before is not null)
                {
                    return new Passed(before, null);
                }

                await DemoteAsync(unit, principal, frozen.Message, demoted).ConfigureAwait(false);
                var (message, moved, mailbox) = await GateAsync(unit, passage, frozen.Message, reviewed).ConfigureAwait(false);
                await WriteAsync(unit, passage, frozen, message, moved, mailbox, note).ConfigureAwait(false);
                await unit.KeepOpeningAsync(principal.Account, opening).ConfigureAwait(false);
                if (mailbox.Mode is Mode.Monitored && moved.Leaf is Leaf.SendReleased)
                {
                    await unit.AddEventAsync(core.Events.OfMessage(monitored, EventTypes.Monitored, message, mailbox.Address, unit.Now)).ConfigureAwait(false);
                }

                var receipt = Receipt(message, mailbox);
                if (answer is not null)
                {
                    var response = JsonSerializer.Serialize(receipt, ReceiptJson.Default.SubmissionReceipt);
                    await unit.KeepAnswerAsync(principal.Account, principal.PublicId, answer.Key, new IdempotentAnswer(answer.Request, response, unit.Now + answer.Life)).ConfigureAwait(false);
                }

                return new Passed(receipt, message);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// An agent that answers a conversation in which it may have been given orders has lost its freedom before the gate looks. What people
    /// write, and what the test world does, costs nobody's.
    /// </summary>
    private async ValueTask DemoteAsync(IWriteUnit unit, Principal principal, Message draft, EventId news)
    {
        if (draft.World is World.Live && principal.Kind is not PrincipalKind.Human && RiskCodes.Split(draft.RiskFlags).Contains(RiskCodes.InjectionFlagged, StringComparer.Ordinal))
        {
            await core.Demotion.OfAsync(unit, draft.Account, draft.Mailbox, DemotionReasons.InjectionThread, news).ConfigureAwait(false);
        }
    }

    private async Task StoreLargeAsync(NewMessage frozen, CancellationToken cancellationToken)
    {
        var account = frozen.Message.Account;
        await core.Store.StoreLargeRawAsync(account, frozen.Message.RawSha256, frozen.Raw, cancellationToken).ConfigureAwait(false);
        foreach (var (sha256, bytes) in frozen.Authored?.Files ?? [])
        {
            await core.Store.StoreLargeRawAsync(account, sha256, bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>The answer that was given before, else the key to keep this one under.</returns>
    private async ValueTask<(SubmissionReceipt? Before, AnswerKey? Key)> EarlierAsync(IWriteUnit unit, Principal principal, AnswerKey? key)
    {
        if (key is null)
        {
            return (null, null);
        }

        var at = key;
        while (await unit.FindAnswerAsync(principal.Account, principal.PublicId, at.Key).ConfigureAwait(false) is { } kept)
        {
            var before = Replay(kept, key.Request);
            if (key.IsNamed || !await IsCancelledAsync(unit, principal.Account, before).ConfigureAwait(false))
            {
                return (before, null);
            }

            at = key with { Key = $"{key.Key} {before.MessageId}" }; // sent again after a cancel is no double click
        }

        return (null, at);
    }

    private async ValueTask WriteAsync(IWriteUnit unit, Passage passage, NewMessage frozen, Message message, Moved moved, Mailbox mailbox, TransitionNote note)
    {
        var fresh = frozen with
        {
            Message = message,
            Revision = frozen.Revision! with { CreatedAt = unit.Now },
            Thread = frozen.Thread with { FirstAt = unit.Now, LastAt = unit.Now },
        };
        if (passage.Wanted.Before is { } before)
        {
            await core.Transitions.ReviseAsync(unit, fresh, before.Version, moved, mailbox, note).ConfigureAwait(false);
        }
        else
        {
            await core.Transitions.InsertAsync(unit, fresh, moved, mailbox, note).ConfigureAwait(false);
        }
    }

    /// <summary>The decision: mode, pause, rules and limits as this very transaction sees them, and the kernel's word.</summary>
    /// <exception cref="OtherVerdictException">It is another one than the message was written for.</exception>
    private async ValueTask<(Message Message, Moved Moved, Mailbox Mailbox)> GateAsync(IWriteUnit unit, Passage passage, Message draft, bool reviewed)
    {
        var principal = passage.Principal;
        var mailbox = await unit.FindMailboxAsync(principal.Account, draft.Mailbox).ConfigureAwait(false);
        var account = await unit.FindAccountAsync(principal.Account).ConfigureAwait(false);
        if (mailbox is null or { DeactivatedAt: not null } || account is null)
        {
            throw RefusalException.NotFound("mailbox");
        }

        var before = await passage.StandingAsync(unit).ConfigureAwait(false);
        var facts = await OutboundPolicy.FactsAsync(unit, account, mailbox, draft).ConfigureAwait(false);
        var moved = RefusalCodes.Require(Kernel.Decide(before?.State ?? MessageState.None, passage.EventOn(before, facts)));
        passage.RequireUnchanged(before);
        OtherVerdictException.ThrowIf(reviewed, moved);
        if (before is not null)
        {
            await Transitions.CloseHoldAsync(unit, before, "void").ConfigureAwait(false); // the limits do not count what this one replaces
        }

        if (passage.Act is not LineAct.HumanEdit)
        {
            await core.Policy.LimitAsync(unit, principal, mailbox, draft, moved).ConfigureAwait(false);
        }

        var message = draft with
        {
            State = moved.To,
            ReceivedAt = before is null or { State: MessageState.Draft } ? unit.Now : before.ReceivedAt,
            HeldBefore = draft.HeldBefore || moved.To is MessageState.Pending,
        };
        return (message, moved, mailbox);
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
