namespace MultiMail.Core.Policy;

/// <param name="Mailbox">Address; null = every mailbox of the account.</param>
/// <param name="Direction"><c>send</c> or <c>receive</c>.</param>
/// <param name="Type"><c>allow</c> or <c>block</c>.</param>
public sealed record AccessRuleView(
    string Id, string? Mailbox, string Direction, string Type, string Pattern, string? Note, string CreatedBy, DateTimeOffset CreatedAt);

public sealed record AccessRuleList(IReadOnlyList<AccessRuleView> AccessRules, string? NextCursor);

public sealed record AccessRuleRequest
{
    /// <summary>Only the rules of this mailbox and the account's; null = all that the principal may see.</summary>
    public string? Mailbox { get; init; }

    public string? Direction { get; init; }

    public string? Type { get; init; }

    /// <summary>1 to 100; 25 unless asked.</summary>
    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

public sealed record NewAccessRule
{
    /// <summary>Null = every mailbox of the account, or the only one that the key may use.</summary>
    public string? Mailbox { get; init; }

    public string? Direction { get; init; }

    public string? Type { get; init; }

    /// <summary>An address, <c>*@domain</c> or <c>*</c>.</summary>
    public string? Pattern { get; init; }

    /// <summary>At most 500 characters.</summary>
    public string? Note { get; init; }
}

/// <summary>What became of a wish to change the rules: <see cref="RuleSet"/>, <see cref="RuleGone"/> or <see cref="RuleAsked"/>.</summary>
public abstract record RuleOutcome
{
    private protected RuleOutcome()
    {
    }
}

/// <summary>It stands.</summary>
public sealed record RuleSet(AccessRuleView Rule) : RuleOutcome;

/// <summary>It is no more.</summary>
public sealed record RuleGone(string RuleId) : RuleOutcome;

/// <summary>It would loosen something: a person decides.</summary>
public sealed record RuleAsked(RequestReceipt Request) : RuleOutcome;

/// <summary>What happens to mail from a mailbox, and to mail for one recipient.</summary>
/// <param name="Reviewers">How many people may decide.</param>
/// <param name="ApprovalsNeeded">By how many of them.</param>
/// <param name="HoldHours">Undecided mail is not sent after this time.</param>
/// <param name="Tainted">The asking key has read strangers' mail within the last day.</param>
/// <param name="Recipient">As it is compared; null = nobody was asked about.</param>
/// <param name="Outcome"><c>refused</c>, <c>held</c> or <c>sent</c>.</param>
/// <param name="Sentence">Why, for the asker.</param>
/// <param name="MatchingRules">Those that speak of the recipient; all of the mailbox's when nobody was asked about, at most 100.</param>
public sealed record PolicyView(
    string Mailbox,
    string OversightMode,
    bool Paused,
    int Reviewers,
    int ApprovalsNeeded,
    double HoldHours,
    bool Tainted,
    string? Recipient,
    string Outcome,
    string Sentence,
    IReadOnlyList<AccessRuleView> MatchingRules);

/// <summary>A risk flag with what it means.</summary>
public sealed record RiskView(string Code, string Sentence, bool Holds)
{
    public static IReadOnlyList<RiskView> Of(IEnumerable<string> codes) => [.. codes.Select(RiskCodes.Of).Select(c => new RiskView(c.Code, c.Sentence, c.Holds))];
}
