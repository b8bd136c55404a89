namespace MultiMail.Core.Storage;

/// <summary>Reads of access rules, caps and taint.</summary>
public interface IRuleReads
{
    /// <summary>Oldest first. <paramref name="after"/> is exclusive.</summary>
    ValueTask<IReadOnlyList<AccessRule>> RulesAsync(RuleQuery query, RuleId? after, int limit, CancellationToken cancellationToken);

    ValueTask<AccessRule?> RuleAsync(AccountId account, RuleId id, CancellationToken cancellationToken);

    /// <summary>The rules of the mailbox and of the account with one of these patterns.</summary>
    ValueTask<IReadOnlyList<AccessRule>> MatchingRulesAsync(
        AccountId account, MailboxId mailbox, RuleDirection direction, IReadOnlyList<string> patterns, CancellationToken cancellationToken);

    /// <summary>Whether any allow rule of this direction is about the mailbox, its own or the account's.</summary>
    ValueTask<bool> HasAllowRuleAsync(AccountId account, MailboxId mailbox, RuleDirection direction, CancellationToken cancellationToken);

    /// <summary>Everything that the risk of one submission is told from, in one read.</summary>
    ValueTask<RiskFacts> RiskFactsAsync(RiskQuestion question, CancellationToken cancellationToken);

    /// <summary>Visible texts of messages, for comparison.</summary>
    ValueTask<IReadOnlyList<string>> BodyTextsAsync(AccountId account, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken);

    /// <summary>The mail whose reading made this message a tainted one; null when none is noted.</summary>
    ValueTask<MessageId?> TaintCauseAsync(AccountId account, MessageId message, CancellationToken cancellationToken);
}

/// <summary>Writes of access rules, caps and taint.</summary>
public interface IRuleWrites
{
    /// <summary>As the read of that name, as this transaction sees it.</summary>
    ValueTask<IReadOnlyList<AccessRule>> FindMatchingRulesAsync(AccountId account, MailboxId mailbox, RuleDirection direction, IReadOnlyList<string> patterns);

    /// <summary>As the read of that name, as this transaction sees it.</summary>
    ValueTask<bool> FindHasAllowRuleAsync(AccountId account, MailboxId mailbox, RuleDirection direction);

    ValueTask<AccessRule?> FindRuleAsync(AccountId account, RuleId id);

    /// <summary>The rule that says the very same, whatever its note.</summary>
    ValueTask<AccessRule?> FindSameRuleAsync(AccessRule rule);

    /// <exception cref="StoreConflictException"><c>id</c>, also when a rule says the same already.</exception>
    ValueTask InsertRuleAsync(AccessRule rule);

    /// <returns>False when there is none.</returns>
    ValueTask<bool> RemoveRuleAsync(AccountId account, RuleId id);

    /// <summary>Notes that mail was exchanged with these; what was noted before stays.</summary>
    /// <param name="writtenTo">We wrote to them; false = they wrote to us.</param>
    ValueTask MeetAsync(AccountId account, IReadOnlyList<Acquaintance> met, bool writtenTo);

    /// <summary>Notes whom one knows without having exchanged mail: who looks like them is no stranger only. What was noted before stays.</summary>
    ValueTask KnowAsync(AccountId account, IReadOnlyList<Acquaintance> known);

    /// <summary>Forgets whom no mail was exchanged with; nobody else.</summary>
    ValueTask ForgetAsync(AccountId account, Acquaintance known);

    /// <summary>Notes that a reader saw strangers' text, and forgets all but the newest <paramref name="keep"/>.</summary>
    ValueTask NoteReadsAsync(AccountId account, string reader, IReadOnlyList<UntrustedRead> reads, int keep);

    /// <summary>Adds to a count.</summary>
    /// <returns>What it is now.</returns>
    ValueTask<int> TallyAsync(AccountId account, TallyKey key, int add, DateTimeOffset expires);

    ValueTask<int> FindTallyAsync(AccountId account, TallyKey key);
}

/// <param name="Mailboxes">Null = all of the account.</param>
/// <param name="WithAccount">The account's own rules too.</param>
public sealed record RuleQuery(AccountId Account, IReadOnlyList<MailboxId>? Mailboxes, bool WithAccount, RuleDirection? Direction, RuleType? Type);

/// <param name="Key">A folded addr-spec, or <c>@</c> and a domain.</param>
/// <param name="Skeleton">What it looks like (UTS #39).</param>
public sealed record Acquaintance(string Key, string Skeleton);

/// <summary>An address or a domain that mail was exchanged with, or, if neither wrote, that a contact has.</summary>
public sealed record Correspondent(string Key, string Skeleton, bool WroteToUs, bool WrittenTo);

/// <summary>A reader was shown text of this message.</summary>
public sealed record UntrustedRead(MessageId Message, ThreadId Thread, DateTimeOffset At);

/// <summary>What is counted, and in which stretch of time.</summary>
/// <param name="Slot">The stretch's number since 1970.</param>
public sealed record TallyKey(string What, long Slot);

/// <param name="Reader">Whose reading counts.</param>
/// <param name="Since">Earlier reading does not.</param>
/// <param name="Addresses">Folded addr-specs, to tell which are mailboxes of the account.</param>
public sealed record RiskQuestion(
    AccountId Account, string Reader, DateTimeOffset Since, int MostReads, IReadOnlyList<string> Skeletons, IReadOnlyList<string> Addresses, IReadOnlyList<TallyKey> Tallies)
{
    /// <summary>The conversation that is answered; null = none.</summary>
    public ThreadId? Thread { get; init; }
}

/// <param name="Known">Whoever looks like one of the skeletons.</param>
/// <param name="Reads">Newest first.</param>
/// <param name="Mailboxes">Those of the addresses that are mailboxes of the account, folded.</param>
/// <param name="Domains">Names of all domains of the account.</param>
/// <param name="Tallies">In the order asked.</param>
public sealed record RiskFacts(
    IReadOnlyList<Correspondent> Known, IReadOnlyList<UntrustedRead> Reads, IReadOnlyList<string> Mailboxes, IReadOnlyList<string> Domains, IReadOnlyList<int> Tallies)
{
    /// <summary>Mail that was let into the conversation has the flag <see cref="RiskCodes.InjectionFlagged"/>.</summary>
    public bool ThreadFlagged { get; init; }
}
