using MultiMail.Core.Storage;

namespace MultiMail.Core.Policy;

/// <summary>The rules of one mailbox, read outside a transaction or inside one: whoever asks is told the same way.</summary>
internal abstract class RuleLookup
{
    /// <param name="addresses">Whoever the question is about.</param>
    public async ValueTask<RuleMatches> MatchesAsync(Mailbox mailbox, RuleDirection direction, IEnumerable<string> addresses) =>
        new(await MatchingAsync(mailbox, direction, RuleMatches.PatternsOf(addresses)).ConfigureAwait(false));

    public abstract ValueTask<bool> HasAllowAsync(Mailbox mailbox, RuleDirection direction);

    public static RuleLookup Of(IStoreReads store, CancellationToken cancellationToken) => new Outside(store, cancellationToken);

    public static RuleLookup Of(IWriteUnit unit) => new Inside(unit);

    protected abstract ValueTask<IReadOnlyList<AccessRule>> MatchingAsync(Mailbox mailbox, RuleDirection direction, IReadOnlyList<string> patterns);

    private sealed class Outside(IStoreReads store, CancellationToken cancellationToken) : RuleLookup
    {
        public override ValueTask<bool> HasAllowAsync(Mailbox mailbox, RuleDirection direction) =>
            store.HasAllowRuleAsync(mailbox.Account, mailbox.Id, direction, cancellationToken);

        protected override ValueTask<IReadOnlyList<AccessRule>> MatchingAsync(Mailbox mailbox, RuleDirection direction, IReadOnlyList<string> patterns) =>
            store.MatchingRulesAsync(mailbox.Account, mailbox.Id, direction, patterns, cancellationToken);
    }

    private sealed class Inside(IWriteUnit unit) : RuleLookup
    {
        public override ValueTask<bool> HasAllowAsync(Mailbox mailbox, RuleDirection direction) =>
            unit.FindHasAllowRuleAsync(mailbox.Account, mailbox.Id, direction);

        protected override ValueTask<IReadOnlyList<AccessRule>> MatchingAsync(Mailbox mailbox, RuleDirection direction, IReadOnlyList<string> patterns) =>
            unit.FindMatchingRulesAsync(mailbox.Account, mailbox.Id, direction, patterns);
    }
}
