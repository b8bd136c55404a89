using MultiMail.Core.Storage;

namespace MultiMail.Core.Messages;

/// <summary>Why a message walks the line.</summary>
internal enum LineAct
{
    /// <summary>A new message, or a draft, is handed in.</summary>
    Submit,

    /// <summary>What waits or is scheduled is changed, and gated anew.</summary>
    Edit,

    /// <summary>A person changes what waits for a person; it goes on waiting.</summary>
    HumanEdit,
}

/// <summary>One walk of the outbound line.</summary>
internal sealed record Passage(Principal Principal, CheckedSubmission Wanted, LineAct Act)
{
    /// <summary>Where the answer is kept for a repeated request; null = nowhere.</summary>
    public AnswerKey? Answer { get; init; }

    /// <summary>The message that is revised, as the transaction sees it; null when there is none yet.</summary>
    public async ValueTask<Message?> StandingAsync(IWriteUnit unit)
    {
        if (Wanted.Before is not { } read)
        {
            return null;
        }

        var standing = await unit.FindMessageAsync(Principal.Account, read.Id).ConfigureAwait(false);
        return standing is { Direction: Direction.Outbound } && Principal.Uses(standing.Mailbox) ? standing : throw RefusalException.NotFound("message");
    }

    public KernelEvent EventOn(Message? before, GateFacts facts)
    {
        var actor = before is null ? Principal.ActorFor(Principal.Lineage, Principal.OwnWorld) : Principal.ActorFor(before.SubmitterLineage, before.World);
        return Act switch
        {
            LineAct.Submit => new KernelEvent.Submit(actor, facts),
            LineAct.Edit => new KernelEvent.Edit(actor, facts),
            _ => new KernelEvent.HumanEdit(actor),
        };
    }

    /// <exception cref="RefusalException"><c>version_conflict</c>: somebody changed or decided it since it was read.</exception>
    public void RequireUnchanged(Message? before)
    {
        if (before is not null && before.Version != Wanted.Before!.Version)
        {
            throw Versions.Conflict(before);
        }
    }
}

/// <summary>How a repeated request is known, and for how long.</summary>
/// <param name="Request">What the key stands for: the same key with another request is a conflict.</param>
/// <param name="IsNamed">The caller chose it; else it is the content's own.</param>
internal sealed record AnswerKey(string Key, TimeSpan Life, byte[] Request, bool IsNamed)
{
    private static readonly TimeSpan NamedLife = TimeSpan.FromHours(24);

    public static AnswerKey Named(string given, byte[] request) => new("k " + given, NamedLife, request, IsNamed: true);
}

/// <summary>The end of a walk.</summary>
/// <param name="Message">As it was written; null when the receipt is that of an earlier request.</param>
internal sealed record Passed(SubmissionReceipt Receipt, Message? Message);

/// <summary>The end of a walk of which nothing is kept.</summary>
internal sealed record Rehearsal(NewMessage Frozen, Moved Moved, Mailbox Mailbox);

/// <summary>Carries a rehearsal out of the unit, which is rolled back by it.</summary>
internal sealed class RehearsedException(Rehearsal rehearsal) : Exception("Only a rehearsal.")
{
    public Rehearsal Rehearsal => rehearsal;
}

/// <summary>The optimistic lock of drafts and changes.</summary>
internal static class Versions
{
    public static RefusalException Conflict(Message current) =>
        new(ErrorCodes.VersionConflict, $"The message is at version {current.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");
}
