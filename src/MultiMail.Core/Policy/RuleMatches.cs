namespace MultiMail.Core.Policy;

/// <summary>The rules that speak of some addresses, read at once. A block wins over every allow; no rule at all is no permission.</summary>
internal sealed class RuleMatches(IReadOnlyList<AccessRule> rules)
{
    public static IReadOnlyList<string> PatternsOf(IEnumerable<string> addresses) =>
        [.. addresses.SelectMany(AddressPattern.Matching).Distinct(StringComparer.Ordinal)];

    public bool Blocks(string address) => Of(address, RuleType.Block);

    public bool Allows(string address) => !Blocks(address) && Of(address, RuleType.Allow);

    public bool AllowsAll(IReadOnlyCollection<string> addresses) => addresses.Count > 0 && addresses.All(Allows);

    private bool Of(string address, RuleType type)
    {
        var patterns = AddressPattern.Matching(address);
        return rules.Any(rule => rule.Type == type && patterns.Contains(rule.Pattern, StringComparer.Ordinal));
    }
}
