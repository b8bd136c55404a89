using MultiMail.Core.Suppression.Reputation;

namespace MultiMail.Core.Evidence;

/// <summary>What stands in the store about one mailbox.</summary>
/// <param name="Decisions">Messages of agents that people decided, canaries aside, since the evidence counts.</param>
/// <param name="NotClean">Of these: rejected, sent back or edited.</param>
/// <param name="BadRejectsInMode">Rejects of a class that forbids promotion, since the mode stands.</param>
/// <param name="CanariesRejected">Of the canaries that were decided.</param>
public sealed record EvidenceFacts(
    MailboxRecord Record,
    int Decisions,
    int NotClean,
    DateTimeOffset? FirstAt,
    DateTimeOffset? LastAt,
    RejectCounts Rejects,
    int BadRejectsInMode,
    int Canaries,
    int CanariesRejected)
{
    /// <summary>Between opening a message and deciding it; null = nothing was decided.</summary>
    public TimeSpan? MedianView { get; init; }

    /// <summary>How other servers took its last messages.</summary>
    public SentCounts Sent { get; init; } = new(0, 0, 0);

    /// <summary>Lower 95 % bound of the share of clean decisions.</summary>
    public double LowerBound => ClopperPearson.Lower(Decisions - NotClean, Decisions);

    /// <summary>Whole days from the first decision to the last.</summary>
    public int Days => FirstAt is { } first && LastAt is { } last ? (int)(last - first).TotalDays : 0;
}

/// <param name="Since">Older decisions do not count: another agent or key stood behind them.</param>
/// <param name="ModeSince">When the mode was set; null = it stands since the mailbox was made.</param>
/// <param name="DemotedFor">Reason code of the last demotion.</param>
public sealed record MailboxRecord(DateTimeOffset Since, DateTimeOffset? ModeSince, DateTimeOffset? DemotedAt, string? DemotedFor);

/// <summary>Rejected messages by the class that the person gave.</summary>
public sealed record RejectCounts(int WrongRecipient, int FalseContent, int Leak, int Other)
{
    /// <summary>Those that forbid promotion.</summary>
    public int Bad => WrongRecipient + FalseContent + Leak;
}

/// <summary>What a person said about a live message of an agent.</summary>
/// <param name="Clean">Approved as it was; of a canary: stopped.</param>
/// <param name="Class">A <see cref="RejectClasses"/> name; null = none was given.</param>
/// <param name="Viewed">From the last look to the decision; zero when nobody had looked.</param>
public sealed record Judgement(
    AccountId Account, MailboxId Mailbox, MessageId Message, bool Canary, bool Clean, string? Class, TimeSpan Viewed, DateTimeOffset DecidedAt);

/// <summary>Whose work a message is.</summary>
/// <param name="ByPerson">A person wrote its first revision.</param>
/// <param name="EditedByPerson">A person wrote a later one.</param>
public sealed record Authorship(bool ByPerson, bool EditedByPerson);
