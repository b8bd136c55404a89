namespace MultiMail.Core.Notices;

/// <summary>Kinds of notices, as they are stored. At most one of each waits at a time.</summary>
public static class NoticeKinds
{
    /// <summary>Everything that gathered: what waits, what was sent without waiting, demotions, requests.</summary>
    public const string Summary = "summary";

    /// <summary>Half of a hold's time is over.</summary>
    public const string Escalation = "escalation";

    /// <summary>Another notify address is to take the place of the one that this goes to.</summary>
    public const string AddressChange = "address_change";

    public const string Test = "test";
}

/// <summary>A notice that enters the queue.</summary>
/// <param name="Address">Where it goes whatever the profile says later; null = the notify address of the moment, or a second approver.</param>
/// <param name="FromLeaf">It tells of the audit log's leaves after this one …</param>
/// <param name="ToLeaf">… up to this one.</param>
public sealed record NewNotice(NoticeId Id, AccountId Account, string Kind, string? Address, long FromLeaf, long ToLeaf, DateTimeOffset DueAt)
{
    /// <summary>Kind only.</summary>
    public override string ToString() => $"notice {Kind}";
}

/// <summary>A leased notice.</summary>
/// <param name="Tries">This one with it.</param>
/// <param name="Lost">How many tries had no answer: the relay may have taken each.</param>
public sealed record NoticeJob(
    NoticeId Id, AccountId Account, string Kind, string? Address, long FromLeaf, long ToLeaf, DateTimeOffset CreatedAt, int Tries, int Lost, long Fence, string Owner)
{
    /// <summary>Kind only.</summary>
    public override string ToString() => $"notice {Kind}";
}

/// <summary>How far the log was read, and what became of the notices before.</summary>
/// <param name="ReadLeaf">Leaves up to this one were looked at.</param>
/// <param name="SentAt">When the last notice of any kind went out.</param>
/// <param name="Failure">Code of the last failure; null = the last one went out.</param>
public sealed record NoticeState(
    AccountId Account, long ReadLeaf, DateTimeOffset? SummaryAt, DateTimeOffset? EscalationAt, DateTimeOffset? SentAt, DateTimeOffset? FailedAt, string? Failure);
