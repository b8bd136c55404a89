namespace MultiMail.Core.Evidence;

/// <summary>What speaks for and against a looser mode. It advises; a person decides.</summary>
/// <param name="LowerBound">95 % lower bound of the share of clean decisions, rounded down to four digits.</param>
/// <param name="MedianViewSeconds">Null = nothing was decided.</param>
/// <param name="ModeSince">Null = since the mailbox was made.</param>
public sealed record EvidenceView(
    string MailboxId,
    string Mailbox,
    string OversightMode,
    DateTimeOffset Since,
    DateTimeOffset ModeSince,
    int Decisions,
    int NotClean,
    decimal LowerBound,
    int Days,
    RejectCounts Rejects,
    int Canaries,
    int CanariesRejected,
    decimal? MedianViewSeconds,
    int Sent,
    int Bounced,
    int Complained,
    DateTimeOffset? DemotedAt,
    string? DemotedFor,
    IReadOnlyList<PromotionVerdict> Verdicts);

/// <param name="Mode"><c>monitored</c> or <c>autonomous</c>.</param>
/// <param name="Met">Every criterion is.</param>
public sealed record PromotionVerdict(string Mode, bool Met, IReadOnlyList<Criterion> Criteria);

/// <summary>One thing that the rule asks for.</summary>
/// <param name="Name">A stable code, e.g. <c>lower_bound</c>.</param>
/// <param name="Value">What is the case.</param>
/// <param name="Needed">What is asked for.</param>
public sealed record Criterion(string Name, bool Met, string Value, string Needed);
