using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Oversight;

/// <summary>What a transition needs beside the kernel's answer. Ids are made before the unit runs.</summary>
/// <param name="Actor">Who, for the leaf.</param>
/// <param name="Event">Id for the event, should the transition tell one.</param>
/// <param name="Hold">Id for the hold, should the transition open one.</param>
internal sealed record TransitionNote(LeafActor Actor, EventId Event, ApprovalId Hold)
{
    /// <summary>Id for the event of a demotion, should the transition lead to one.</summary>
    public EventId Demotion { get; init; }

    /// <summary>A code for the leaf.</summary>
    public string? Code { get; init; }

    /// <summary>Why a person rejected it or sent it back, for the event only: no leaf holds free text.</summary>
    public string? RejectionReason { get; init; }

    public string? Policy { get; init; }

    public string? Intent { get; init; }

    public LeafCommitments? Commit { get; init; }

    /// <summary>Digest of the identity token, when the message leaves.</summary>
    public string? SignedDigest { get; init; }

    /// <summary>How an open hold of this message ends; null leaves it open.</summary>
    public string? ClosesHoldAs { get; init; }
}

/// <summary>Carries out what the kernel decided, in the caller's unit: state, hold, outbox, leaf and event together.</summary>
internal sealed class Transitions(CoreContext core)
{
    public TransitionNote Note(LeafActor actor) => new(actor, core.NewId<EventId>(), core.NewId<ApprovalId>()) { Demotion = core.NewId<EventId>() };

    /// <summary>A new message enters the store in the state that the kernel gave it.</summary>
    public async ValueTask InsertAsync(IWriteUnit unit, NewMessage fresh, Moved moved, Mailbox mailbox, TransitionNote note)
    {
        await unit.InsertMessageAsync(fresh, moved).ConfigureAwait(false);
        await Caps.CountAsync(unit, fresh, moved).ConfigureAwait(false);
        await FollowAsync(unit, fresh.Message, moved, mailbox, note).ConfigureAwait(false);
    }

    /// <summary>An existing message moves.</summary>
    /// <exception cref="RefusalException"><c>already_decided</c>: somebody else moved it first.</exception>
    public async ValueTask<Message> MoveAsync(IWriteUnit unit, Message message, Moved moved, Mailbox mailbox, TransitionNote note)
    {
        if (!await unit.MoveAsync(message.Account, message.Id, message.State, message.Revision, moved).ConfigureAwait(false))
        {
            throw RefusalCodes.ToException(Refusal.AlreadyDecided);
        }

        if (note.ClosesHoldAs is { } end)
        {
            await CloseHoldAsync(unit, message, end).ConfigureAwait(false);
        }

        var after = message with { State = moved.To };
        await FollowAsync(unit, after, moved, mailbox, note).ConfigureAwait(false);
        return after;
    }

    /// <summary>An existing message gets other content and moves.</summary>
    /// <exception cref="RefusalException"><c>version_conflict</c>: somebody else changed it first.</exception>
    public async ValueTask ReviseAsync(IWriteUnit unit, NewMessage next, int expectedVersion, Moved moved, Mailbox mailbox, TransitionNote note)
    {
        if (!await unit.ReviseAsync(next, expectedVersion, moved).ConfigureAwait(false))
        {
            throw new RefusalException(ErrorCodes.VersionConflict, "The message was changed in this moment.");
        }

        await Caps.CountAsync(unit, next, moved).ConfigureAwait(false);
        await FollowAsync(unit, next.Message, moved, mailbox, note).ConfigureAwait(false);
    }

    public static async ValueTask CloseHoldAsync(IWriteUnit unit, Message message, string end)
    {
        if (await unit.FindOpenApprovalAsync(message.Account, message.Id).ConfigureAwait(false) is { } open)
        {
            await unit.CloseApprovalAsync(message.Account, open.Id, end).ConfigureAwait(false);
        }
    }

    private async ValueTask FollowAsync(IWriteUnit unit, Message message, Moved moved, Mailbox mailbox, TransitionNote note)
    {
        await Acquaintances.NoteAsync(unit, message, mailbox, moved).ConfigureAwait(false);
        if (moved.Effects.HasFlag(Effects.VoidApprovals))
        {
            await unit.VoidApprovalsAsync(message.Account, message.Id).ConfigureAwait(false);
        }

        if (moved.Effects.HasFlag(Effects.Dequeue))
        {
            await unit.DequeueAsync(message.Account, message.Id).ConfigureAwait(false);
        }

        // A person's edit needs no word of the kernel to be held: it was, and the new bytes wait as the old ones did.
        if (moved.Effects.HasFlag(Effects.OpenApproval) || moved.To is MessageState.Held || moved.Leaf is Leaf.Edited)
        {
            await unit.OpenApprovalAsync(HoldOf(message, note, unit.Now)).ConfigureAwait(false);
        }

        if (moved.Effects.HasFlag(Effects.Enqueue))
        {
            await unit.EnqueueAsync(ApprovedMessage.From(moved, message, unit.Now)).ConfigureAwait(false);
        }

        await unit.AppendLeafAsync(LeafOf(message, moved, mailbox, note)).ConfigureAwait(false);

        // Nobody outside is told of a canary: an agent that reads the events would know one.
        if (EventFactory.TypeOf(moved) is { } type && !message.IsCanary)
        {
            await unit.AddEventAsync(core.Events.OfMessage(note.Event, type, message, mailbox.Address, unit.Now, note.RejectionReason)).ConfigureAwait(false);
        }
    }

    private LeafDraft LeafOf(Message message, Moved moved, Mailbox mailbox, TransitionNote note) =>
        core.Leaves.OfMessage(message, LeafNames.Of(moved.Leaf), note.Actor) with
        {
            Mode = Modes.Name(mailbox.Mode),
            Reason = note.Code,
            Policy = note.Policy,
            Commit = note.Commit,
            SignedDigest = note.SignedDigest,
            Result = MessageStates.Name(moved.To),
        };

    private Approval HoldOf(Message message, TransitionNote note, DateTimeOffset now)
    {
        var end = now + core.Options.HoldFor;
        return new Approval(
            note.Hold, message.Account, message.Id, message.Mailbox, Directions.Name(message.Direction),
            message.Revision, message.Digest, message.World, message.SubmittedBy ?? string.Empty, message.SubmitterLineage ?? string.Empty,
            message.RiskFlags, note.Intent, now,

            // Held inbound mail never expires; outbound waits at least until its send_at.
            message.Direction is Direction.Inbound ? DateTimeOffset.MaxValue : message.SendAt is { } at && at > end ? at : end);
    }
}
