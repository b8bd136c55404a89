namespace MultiMail.Core.Compliance.Rules;

/// <summary>Runs the rules over a scene. All of them, always: whoever is refused learns everything at once.</summary>
internal static class RuleEngine
{
    public static RuleFindings Run(RuleScene scene) => new([.. ComplianceRules.All.Select(rule => Judge(rule, scene))]);

    /// <summary>Only what may have changed since the bytes were frozen.</summary>
    public static RuleFindings RunChanging(RuleScene scene) => new([.. ComplianceRules.All.Where(rule => rule.Changes).Select(rule => Judge(rule, scene))]);

    private static RuleFinding Judge(ComplianceRule rule, RuleScene scene)
    {
        if (!rule.Covers(scene))
        {
            return new RuleFinding(rule, RuleState.NotApplicable, []);
        }

        List<Violation>? found = null;
        foreach (var fault in rule.Check(scene))
        {
            (found ??= []).Add(new Violation(fault.Code ?? ErrorCodes.ComplianceRejected, fault.Field ?? rule.Field, fault.Message, fault.Fix ?? rule.Fix, rule.Id));
        }

        return found is null ? new RuleFinding(rule, RuleState.Passed, []) : new RuleFinding(rule, RuleState.Failed, found);
    }
}
