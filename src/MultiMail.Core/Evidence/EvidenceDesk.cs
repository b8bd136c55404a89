using MultiMail.Core.Node;

namespace MultiMail.Core.Evidence;

/// <summary>Shows what speaks for and against giving a mailbox more freedom.</summary>
public sealed class EvidenceDesk
{
    private readonly CoreContext _core;

    internal EvidenceDesk(CoreContext core) => _core = core;

    /// <summary>For people and keys that decide or read: the numbers name no message and nobody.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>not_found</c></exception>
    public async Task<EvidenceView> OfAsync(Principal principal, string? mailbox, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Oversight, Scopes.Admin);
        var found = await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false);
        var facts = await _core.Store.EvidenceAsync(principal.Account, found.Id, cancellationToken).ConfigureAwait(false);
        var bounded = await _core.Store.HasAllowRuleAsync(principal.Account, found.Id, RuleDirection.Send, cancellationToken).ConfigureAwait(false);
        return View(found, facts, bounded);
    }

    private EvidenceView View(Mailbox mailbox, EvidenceFacts facts, bool bounded)
    {
        var since = facts.Record.Since < mailbox.CreatedAt ? mailbox.CreatedAt : facts.Record.Since;
        return new EvidenceView(
            _core.Ids.Format(mailbox.Id), mailbox.Address, Modes.Name(mailbox.Mode), since, facts.Record.ModeSince ?? mailbox.CreatedAt,
            facts.Decisions, facts.NotClean, EvidenceCode.Rounded(facts), facts.Days, facts.Rejects, facts.Canaries, facts.CanariesRejected,
            facts.MedianView is { } view ? Math.Round((decimal)view.TotalSeconds, 1) : null,
            facts.Sent.Sent, facts.Sent.HardBounces, facts.Sent.Complaints, facts.Record.DemotedAt, facts.Record.DemotedFor,
            PromotionRule.Judge(facts, mailbox, bounded, _core.Clock.GetUtcNow()));
    }
}
