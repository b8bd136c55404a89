namespace MultiMail.Core.Delivery;

/// <summary>A claimed job. It is worked on only while the lease and the fence hold.</summary>
/// <param name="Stage">0 = nothing tried under this job; 1 = the intent leaf is written, a byte may have left.</param>
public sealed record OutboxJob(AccountId Account, MessageId Message, int Revision, int Attempts, int Stage, long Fence, string Owner, DateTimeOffset LeaseUntil)
{
    public MailboxId Mailbox { get; init; }

    /// <summary>Attempts whose intent leaf is written; <see cref="Attempts"/> counts claims.</summary>
    public int Tries { get; init; }

    /// <summary>When the first attempt was made, or was due while its relay was known not to work; null = not yet.</summary>
    public DateTimeOffset? FirstAt { get; init; }
}

/// <summary>Whose turn it is.</summary>
/// <param name="After">The mailbox that was served last: the next ones come first.</param>
/// <param name="FullLanes">Jobs that wait for one of these are left where they are.</param>
public sealed record ClaimTurn(MailboxId After, IReadOnlyList<string> FullLanes)
{
    public static ClaimTurn First { get; } = new(default, []);
}
