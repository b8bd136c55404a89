using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Policy;

/// <summary>What happens to a rule in a unit, whoever decided it: a person at once, or a person about a request.</summary>
internal sealed class RuleActs(CoreContext core)
{
    /// <returns>The rule that stands: this one, or the one that said the same before.</returns>
    public async ValueTask<AccessRule> AddAsync(IWriteUnit unit, Principal principal, AccessRule rule)
    {
        if (await unit.FindSameRuleAsync(rule).ConfigureAwait(false) is { } standing)
        {
            return standing;
        }

        var born = rule with { CreatedAt = unit.Now, CreatedBy = principal.PublicId };
        await unit.InsertRuleAsync(born).ConfigureAwait(false);
        await unit.AppendLeafAsync(Leaf(principal, born, "rule_added")).ConfigureAwait(false);
        return born;
    }

    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public async ValueTask RemoveAsync(IWriteUnit unit, Principal principal, AccessRule rule)
    {
        if (!await unit.RemoveRuleAsync(rule.Account, rule.Id).ConfigureAwait(false))
        {
            throw RefusalException.NotFound("access rule");
        }

        await unit.AppendLeafAsync(Leaf(principal, rule, "rule_removed")).ConfigureAwait(false);
    }

    // The pattern may be an address, and no address stands in a leaf: the rule's id does.
    private LeafDraft Leaf(Principal principal, AccessRule rule, string code) => core.Leaves.Simple(principal, LeafNames.ConfigChanged, code) with
    {
        Mailbox = rule.Mailbox,
        MailboxText = core.Ids.Format(rule.Mailbox),
        Policy = $"{RuleNames.Of(rule.Direction)}_{RuleNames.Of(rule.Type)}",
        Result = core.Ids.Format(rule.Id),
    };
}
