using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Policy;

/// <summary>What the account's people allow: the risk of a message, the facts the gate reads, and the limits of who sends.</summary>
internal sealed class OutboundPolicy(CoreContext core)
{
    private readonly RiskReading _risk = new(core);

    /// <summary>Looks at a submission once, when it is made or edited.</summary>
    public async Task<Outlook> AssessAsync(Principal principal, CheckedSubmission wanted, CancellationToken cancellationToken)
    {
        var outlook = await _risk.AssessAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        return await IsOutsideListAsync(RuleLookup.Of(core.Store, cancellationToken), wanted.Mailbox, Recipients(wanted)).ConfigureAwait(false)
            ? outlook with { RiskFlags = RiskCodes.Sorted([.. outlook.RiskFlags, RiskCodes.NotAllowListed]) }
            : outlook;
    }

    /// <summary>
    /// The gate's facts as reads outside a transaction see them, for what has to be known before the message is written. The
    /// transaction has the last word.
    /// </summary>
    public async Task<GateFacts> ExpectAsync(Principal principal, Account account, CheckedSubmission wanted, Outlook outlook, bool heldBefore, CancellationToken cancellationToken)
    {
        var flags = string.Join(',', outlook.RiskFlags);
        var facts = await FactsAsync(
            RuleLookup.Of(core.Store, cancellationToken), account, wanted.Mailbox, Recipients(wanted), flags, heldBefore, Assessment.TimingOf(wanted.SendAt, core.Clock.GetUtcNow())).ConfigureAwait(false);
        return facts with { Canary = principal.SeedsCanary };
    }

    /// <summary>The gate's facts as this transaction sees them: at submit, when it is due, and before every attempt.</summary>
    public static async ValueTask<GateFacts> FactsAsync(IWriteUnit unit, Account account, Mailbox mailbox, Message message)
    {
        var facts = await FactsAsync(
            RuleLookup.Of(unit), account, mailbox, [.. message.To, .. message.Cc, .. message.Bcc], message.RiskFlags, message.HeldBefore, Assessment.TimingOf(message.SendAt, unit.Now)).ConfigureAwait(false);
        return facts with { Canary = message.IsCanary };
    }

    /// <summary>Those of the addresses that a block rule keeps this mailbox from writing to.</summary>
    public async ValueTask<IReadOnlyList<string>> BlockedAsync(Mailbox mailbox, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var rules = await RuleLookup.Of(core.Store, cancellationToken).MatchesAsync(mailbox, RuleDirection.Send, addresses).ConfigureAwait(false);
        return [.. addresses.Where(rules.Blocks)];
    }

    /// <summary>Whether the rules as they are now keep a message from those who have not got it, whoever approved it.</summary>
    /// <returns><c>recipient_blocked</c>; null = they do not.</returns>
    public static async ValueTask<string?> BlockAsync(IWriteUnit unit, Mailbox mailbox, IReadOnlyList<string> openRecipients)
    {
        if (openRecipients.Count == 0)
        {
            return null;
        }

        var rules = await RuleLookup.Of(unit).MatchesAsync(mailbox, RuleDirection.Send, openRecipients).ConfigureAwait(false);
        return openRecipients.Any(rules.Blocks) ? ErrorCodes.RecipientBlocked : null;
    }

    /// <summary>Refuses what is too much: called in the transaction that lets a message in.</summary>
    /// <exception cref="RefusalException"><c>pending_limit</c>, <c>rate_limited</c></exception>
    public async ValueTask LimitAsync(IWriteUnit unit, Principal principal, Mailbox mailbox, Message message, Moved moved)
    {
        // The mailbox's counter holds everybody's mail, held inbound mail too: it says when to count, never whom to refuse.
        if (moved.To is MessageState.Pending && mailbox.Pending >= core.Options.PendingPerMailbox &&
            await unit.CountOpenAsync(principal.Account, mailbox.Id, message.World, principal.Lineage).ConfigureAwait(false) is var own && own >= core.Options.PendingPerMailbox)
        {
            throw new RefusalException(ErrorCodes.PendingLimit, $"{own} messages that you sent from this mailbox wait for a person already.");
        }

        await LimitKeyAsync(unit, principal).ConfigureAwait(false);

        var day = Caps.Mailbox(mailbox.Id, message.World, unit.Now);
        var ends = Caps.EndOf(day, Caps.Day);
        if (await unit.TallyAsync(principal.Account, day, 1, ends).ConfigureAwait(false) > core.Options.SendsPerDay)
        {
            throw new RefusalException(ErrorCodes.RateLimited, $"This mailbox has sent {core.Options.SendsPerDay} messages today (UTC), which is the most.") { RetryAfter = ends - unit.Now };
        }
    }

    /// <summary>How often a key may write mail or drafts: a minute that slides, of the one before the part that still lies in it.</summary>
    /// <exception cref="RefusalException"><c>rate_limited</c></exception>
    public async ValueTask LimitKeyAsync(IWriteUnit unit, Principal principal)
    {
        if (principal.Key is null)
        {
            return;
        }

        var minute = Caps.Writes(principal.PublicId, unit.Now);
        var ends = Caps.EndOf(minute, Caps.Minute);
        var now = await unit.TallyAsync(principal.Account, minute, 1, ends + Caps.Minute).ConfigureAwait(false);
        var before = await unit.FindTallyAsync(principal.Account, minute with { Slot = minute.Slot - 1 }).ConfigureAwait(false);
        if (now + (before * (ends - unit.Now).Ticks / Caps.Minute.Ticks) > core.Options.SendsPerMinute)
        {
            throw new RefusalException(ErrorCodes.RateLimited, $"This key wrote {core.Options.SendsPerMinute} messages within a minute, which is the most.") { RetryAfter = ends - unit.Now };
        }
    }

    internal static async ValueTask<GateFacts> FactsAsync(
        RuleLookup rules, Account account, Mailbox mailbox, IReadOnlyList<string> recipients, string riskFlags, bool heldBefore, Timing timing)
    {
        // What was held once is decided by a person, whatever the list says: no need to read it.
        var listed = mailbox.Mode is Mode.GatedSend && !heldBefore && (await rules.MatchesAsync(mailbox, RuleDirection.Send, recipients).ConfigureAwait(false)).AllowsAll(recipients);
        var outside = !heldBefore && await IsOutsideListAsync(rules, mailbox, recipients).ConfigureAwait(false);
        return new GateFacts(
            mailbox.Mode,
            RiskHold: RiskCodes.Holds(riskFlags) || outside,

            // The gate holds tainted mail of listed recipients; what it goes by is whether the taint rules found something, so that an
            // answer to those who are in the conversation passes. That it is tainted at all is kept with the message and shown.
            Tainted: RiskCodes.HoldsTaint(riskFlags),
            listed,
            heldBefore,
            Paused: mailbox.PausedAt is not null || account.PausedAt is not null,
            timing);
    }

    /// <summary>An allow-list, once there is one, is the recipient policy of an autonomous mailbox.</summary>
    private static async ValueTask<bool> IsOutsideListAsync(RuleLookup rules, Mailbox mailbox, IReadOnlyList<string> recipients) =>
        mailbox.Mode is Mode.Autonomous && await rules.HasAllowAsync(mailbox, RuleDirection.Send).ConfigureAwait(false) &&
        !(await rules.MatchesAsync(mailbox, RuleDirection.Send, recipients).ConfigureAwait(false)).AllowsAll(recipients);

    private static IReadOnlyList<string> Recipients(CheckedSubmission wanted) => [.. wanted.Envelope.Select(r => r.Address.AddrSpec)];
}
