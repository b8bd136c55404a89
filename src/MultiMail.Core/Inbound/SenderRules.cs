using MultiMail.Core.Storage;

namespace MultiMail.Core.Inbound;

/// <summary>
/// Whether the rules of a mailbox let a sender in: nobody who is blocked by the author's address or the return path, and, once
/// there is an allow rule, nobody whose author's address is not allowed. From proves nothing of itself; these rules only keep out.
/// </summary>
internal static class SenderRules
{
    /// <returns>A word for the leaf; null = the mail comes in.</returns>
    public static async ValueTask<string?> WhyNotAsync(IWriteUnit unit, Mailbox mailbox, string author, string? returnPath)
    {
        var lookup = RuleLookup.Of(unit);
        string[] senders = string.IsNullOrEmpty(returnPath) ? [author] : [author, returnPath];
        var rules = await lookup.MatchesAsync(mailbox, RuleDirection.Receive, senders).ConfigureAwait(false);
        if (senders.Any(rules.Blocks))
        {
            return "sender_blocked";
        }

        return !rules.Allows(author) && await lookup.HasAllowAsync(mailbox, RuleDirection.Receive).ConfigureAwait(false) ? "sender_not_allowed" : null;
    }
}
