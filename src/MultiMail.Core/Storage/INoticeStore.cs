using MultiMail.Core.Notices;

namespace MultiMail.Core.Storage;

/// <summary>Reads of what people are told by mail.</summary>
public interface INoticeReads
{
    /// <returns>Null before anything was gathered.</returns>
    ValueTask<NoticeState?> NoticeStateAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Leaves of this name after one and up to another, in the log's order, each with what waits because of it.</summary>
    ValueTask<IReadOnlyList<NoticeNews>> NoticeNewsAsync(NoticeNewsQuery query, CancellationToken cancellationToken);

    /// <summary>Index of the newest leaf of this name; null = there is none.</summary>
    ValueTask<long?> NewestLeafAsync(AccountId account, string name, CancellationToken cancellationToken);

    /// <summary>Live outbound holds of which half the time or more is over and nobody was told, longest first.</summary>
    ValueTask<IReadOnlyList<Approval>> HalfwayApprovalsAsync(AccountId account, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>When the next notice is due, or the lease of one ends; null = none waits.</summary>
    ValueTask<DateTimeOffset?> NextNoticeDueAsync(AccountId account, CancellationToken cancellationToken);
}

/// <summary>Writes of what people are told by mail.</summary>
public interface INoticeWrites
{
    /// <summary>Puts a notice into the queue; one of its kind that waits is extended up to <see cref="NewNotice.ToLeaf"/> instead, and keeps its times.</summary>
    ValueTask OpenNoticeAsync(NewNotice notice);

    /// <summary>Notes how far the log was read, when it still stands where it was read from.</summary>
    /// <param name="from">Null = nothing was noted before.</param>
    /// <returns>False when another node was faster.</returns>
    ValueTask<bool> NoteReadLeafAsync(AccountId account, long? from, long to);

    /// <summary>Leases the notice that is due longest, if one is. A lease that ran out counts as a try whose outcome nobody knows.</summary>
    ValueTask<NoticeJob?> ClaimNoticeAsync(AccountId account, string owner, TimeSpan lease);

    /// <summary>Gives the notice back for a later try.</summary>
    /// <param name="lost">Whether the relay may have taken it.</param>
    /// <returns>False when the lease is another's.</returns>
    ValueTask<bool> PostponeNoticeAsync(NoticeJob job, DateTimeOffset dueAt, bool lost);

    /// <summary>Ends a notice. What was added while it was on its way stays, as <paramref name="rest"/>.</summary>
    /// <returns>False when the lease is another's.</returns>
    ValueTask<bool> EndNoticeAsync(NoticeJob job, NoticeId rest, DateTimeOffset restDueAt);

    /// <summary>Notes that one went out. Takes an earlier failure away.</summary>
    ValueTask NoteNoticeSentAsync(AccountId account, string kind);

    /// <param name="failure">A code.</param>
    ValueTask NoteNoticeFailedAsync(AccountId account, string failure);

    /// <returns>False when the hold ended, or was escalated before.</returns>
    ValueTask<bool> EscalateAsync(AccountId account, ApprovalId id);
}
