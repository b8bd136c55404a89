namespace MultiMail.Core.Compliance.Rules;

internal enum RuleState
{
    Passed,
    Failed,
    NotApplicable,
}

/// <summary>What one rule says of one message.</summary>
internal sealed record RuleFinding(ComplianceRule Rule, RuleState State, IReadOnlyList<Violation> Violations);

/// <summary>What all rules say of one message, in the order of their ids.</summary>
internal sealed record RuleFindings(IReadOnlyList<RuleFinding> All)
{
    /// <summary>Every fault at once. A missing profile comes first: what it lacks shows in other faults too.</summary>
    public IReadOnlyList<Violation> Violations { get; } =
        [.. All.SelectMany(f => f.Violations).OrderBy(v => v.Code == ErrorCodes.NeedsProfile ? 0 : 1)];

    public IReadOnlyList<ComplianceCheckView> Views() =>
        [.. All.Select(f => new ComplianceCheckView(f.Rule.Id, Name(f.State), f.Rule.Sentence, [.. f.Violations.Select(v => v.Message)]))];

    private static string Name(RuleState state) => state switch
    {
        RuleState.Passed => "passed",
        RuleState.Failed => "failed",
        _ => "not_applicable",
    };
}
