namespace MultiMail.Core.Compliance;

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

    public IReadOnlyList<CheckView> Views() =>
        [.. All.Select(f => new CheckView(f.Rule.Id, Name(f.State), f.Rule.Sentence, [.. f.Violations.Select(v => v.Message)]))];

    private static string Name(RuleState state) => state switch
    {
        RuleState.Passed => "passed",
        RuleState.Failed => "failed",
        _ => "not_applicable",
    };
}

/// <summary>What one compliance rule says of a message, for the person who decides and for a preview.</summary>
/// <param name="Rule">Its id, e.g. <c>CS-05</c>; docs/compliance-rules.md has them all.</param>
/// <param name="State"><c>passed</c>, <c>failed</c> or <c>not_applicable</c>.</param>
/// <param name="Sentence">What the rule asks for.</param>
/// <param name="Faults">What is wrong; empty unless it failed.</param>
public sealed record CheckView(string Rule, string State, string Sentence, IReadOnlyList<string> Faults);
