using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Policy;

/// <summary>Tells what would happen to mail, by the code that decides it when it is sent.</summary>
public sealed class PolicyReader
{
    private const int MostRules = 100;
    private readonly CoreContext _core;
    private readonly AccessRules _rules;

    internal PolicyReader(CoreContext core, AccessRules rules)
    {
        _core = core;
        _rules = rules;
    }

    /// <param name="recipient">Null = the mailbox in general.</param>
    public async Task<PolicyView> ReadAsync(Principal principal, string? mailbox, string? recipient, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Oversight, Scopes.Admin);
        var faults = new Faults();
        var found = await _core.Reach.FindAsync(principal, mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        MailboxAddress? parsed = null;
        if (recipient is not null && !MailboxAddress.TryParse(recipient, out parsed, out _))
        {
            faults.Add(ErrorCodes.InvalidAddress, "recipient", "recipient is no e-mail address.", "Write it as name@example.org.");
        }

        faults.ThrowIfAny();
        var account = (await _core.Store.GetAccountAsync(principal.Account, cancellationToken).ConfigureAwait(false))!;
        var address = parsed?.AddrSpec;
        var rules = address is null
            ? await _core.Store.RulesAsync(new RuleQuery(account.Id, [found!.Id], WithAccount: true, Direction: null, Type: null), after: null, MostRules, cancellationToken).ConfigureAwait(false)
            : await _core.Store.MatchingRulesAsync(account.Id, found!.Id, RuleDirection.Send, AddressPattern.Matching(address), cancellationToken).ConfigureAwait(false);
        var tainted = await IsTaintedAsync(principal, cancellationToken).ConfigureAwait(false);
        var (outcome, sentence) = await ForecastAsync(account, found!, address, tainted, cancellationToken).ConfigureAwait(false);
        var people = await _core.Store.OperatorsAsync(account.Id, cancellationToken).ConfigureAwait(false);
        return new PolicyView(
            found!.Address, Modes.Name(found.Mode), account.PausedAt is not null || found.PausedAt is not null, people.Count(p => p.DisabledAt is null),
            account.DualControl ? 2 : 1, _core.Options.HoldFor.TotalHours, tainted, address, outcome, sentence,
            await _rules.ViewsAsync(account.Id, rules, cancellationToken).ConfigureAwait(false));
    }

    private async Task<bool> IsTaintedAsync(Principal principal, CancellationToken cancellationToken)
    {
        if (principal.Kind is PrincipalKind.Human)
        {
            return false;
        }

        var (reader, since) = (UntrustedReads.ReaderOf(principal), _core.Clock.GetUtcNow() - UntrustedReads.Lasts);
        return _core.Reads.Recent(principal.Account, reader, since).Count > 0 ||
            (await _core.Store.RiskFactsAsync(new RiskQuestion(principal.Account, reader, since, 1, [], [], []), cancellationToken).ConfigureAwait(false)).Reads.Count > 0;
    }

    private async Task<(string Outcome, string Sentence)> ForecastAsync(Account account, Mailbox mailbox, string? address, bool tainted, CancellationToken cancellationToken)
    {
        string[] recipients = address is null ? [] : [address];
        if (mailbox.Mode is Mode.ReadOnly)
        {
            return ("refused", "Nothing is sent from this mailbox.");
        }

        if (mailbox.PausedAt is not null || account.PausedAt is not null)
        {
            return ("refused", "Sending is paused until a person resumes it.");
        }

        if ((await _core.Policy.BlockedAsync(mailbox, recipients, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            return ("refused", "A rule keeps mail from this recipient.");
        }

        // As for a fresh message without anything that a person should look at, from somebody who reads strangers' mail or does not.
        var facts = await OutboundPolicy.FactsAsync(
            RuleLookup.Of(_core.Store, cancellationToken), account, mailbox, recipients, tainted ? RiskCodes.TaintNewRecipient : string.Empty, heldBefore: false, Timing.Now).ConfigureAwait(false);
        return Kernel.Gate(facts) is Oversight.Verdict.Release
            ? ("sent", "It leaves at once, unless something in it needs a person's look.")
            : ("held", (facts.AllAllowListed, facts.RiskHold) switch
            {
                (_, true) when tainted => "It waits for a person: this key has read mail from others. An answer to those who are in the conversation may leave at once.",
                (_, true) => "It waits for a person: the recipient is not on the list of those this mailbox may write to by itself.",
                _ => "It waits for a person.",
            });
    }
}
