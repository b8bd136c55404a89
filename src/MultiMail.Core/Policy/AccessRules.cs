using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Core.Text;

namespace MultiMail.Core.Policy;

/// <summary>
/// Whom mailboxes may write to and get mail from. A block wins over an allow. Blocking happens at once for any key with the admin
/// scope; what lets more through is a person's decision, or an operator key's over REST, and of a key a request.
/// </summary>
public sealed class AccessRules
{
    private const int MaxNote = 500;
    private const int MostMailboxes = 1_000;
    private readonly CoreContext _core;
    private readonly RuleActs _acts;

    internal AccessRules(CoreContext core)
    {
        _core = core;
        _acts = new RuleActs(core);
    }

    /// <summary>Oldest first.</summary>
    public async Task<AccessRuleList> ListAsync(Principal principal, AccessRuleRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Oversight, Scopes.Admin);
        var faults = new Faults();
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        var direction = request.Direction is null ? (RuleDirection?)null : DirectionOf(request.Direction, faults);
        var type = request.Type is null ? (RuleType?)null : TypeOf(request.Type, faults);
        var mailbox = request.Mailbox is null ? null : await _core.Reach.FindAsync(principal, request.Mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        faults.ThrowIfAny();
        var query = new RuleQuery(principal.Account, mailbox is null ? principal.Mailboxes : [mailbox.Id], WithAccount: true, direction, type);
        var after = Cursors.Number(request.Cursor) is { } at ? new RuleId(at) : (RuleId?)null;
        var rows = await _core.Store.RulesAsync(query, after, limit + 1, cancellationToken).ConfigureAwait(false);
        var page = rows.Take(limit).ToList();
        return new AccessRuleList(
            await ViewsAsync(principal.Account, page, cancellationToken).ConfigureAwait(false), rows.Count > limit ? Cursors.Of(page[^1].Id.Value) : null);
    }

    public async Task<RuleOutcome> AddAsync(Principal principal, NewAccessRule wanted, CancellationToken cancellationToken)
    {
        RequireRight(principal);
        var (rule, mailbox) = await CheckedAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        if (rule.Type is RuleType.Allow && !MayLoosen(principal))
        {
            return await AskAsync(principal, new RuleWish(_core, rule, Adds: true, mailbox?.Address), cancellationToken).ConfigureAwait(false);
        }

        var made = await _core.Store.WriteAsync(unit => _acts.AddAsync(unit, principal, rule), cancellationToken).ConfigureAwait(false);
        return new RuleSet(View(made, mailbox?.Address));
    }

    public async Task<RuleOutcome> RemoveAsync(Principal principal, string? ruleId, CancellationToken cancellationToken)
    {
        RequireRight(principal);
        var rule = await FindAsync(principal, ruleId, cancellationToken).ConfigureAwait(false);
        if (!MayLoosen(principal) && await LoosensAsync(rule, cancellationToken).ConfigureAwait(false))
        {
            var address = await AddressAsync(rule, cancellationToken).ConfigureAwait(false);
            return await AskAsync(principal, new RuleWish(_core, rule, Adds: false, address), cancellationToken).ConfigureAwait(false);
        }

        await _core.Store.WriteAsync(
            async unit =>
            {
                await _acts.RemoveAsync(unit, principal, rule).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return new RuleGone(_core.Ids.Format(rule.Id));
    }

    /// <summary>Whether taking the rule away lets more through: then the page asks for the password again.</summary>
    public async Task<bool> LoosensAsync(Principal principal, string? ruleId, CancellationToken cancellationToken) =>
        await LoosensAsync(await FindAsync(principal, ruleId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public async Task<AccessRuleView> GetAsync(Principal principal, string? ruleId, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Oversight, Scopes.Admin);
        var rule = await FindAsync(principal, ruleId, cancellationToken).ConfigureAwait(false);
        return View(rule, await AddressAsync(rule, cancellationToken).ConfigureAwait(false));
    }

    internal async Task<IReadOnlyList<AccessRuleView>> ViewsAsync(AccountId account, IReadOnlyList<AccessRule> rules, CancellationToken cancellationToken)
    {
        var addresses = new Dictionary<MailboxId, string>();
        foreach (var id in rules.Select(r => r.Mailbox).OfType<MailboxId>().Distinct())
        {
            addresses[id] = (await _core.Store.MailboxAsync(account, id, cancellationToken).ConfigureAwait(false))!.Address;
        }

        return [.. rules.Select(r => View(r, r.Mailbox is { } id ? addresses[id] : null))];
    }

    private static bool MayLoosen(Principal principal) => principal.Kind is PrincipalKind.Human || (principal.Kind is PrincipalKind.Operator && principal.Channel != "mcp");

    private static void RequireRight(Principal principal)
    {
        principal.Require(Scopes.Admin);
        principal.RequireLive();
    }

    private async Task<RuleOutcome> AskAsync(Principal principal, RuleWish wish, CancellationToken cancellationToken) =>
        new RuleAsked(await _core.RequestBook.OpenAsync(principal, wish, justification: null, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Taking away: a block keeps nobody out any more; the last allow of a list that limits (receive, or send in an autonomous mailbox)
    /// lets everybody through. A receive-allow counts as the last one always: which lists are left is not the asker's business.
    /// </summary>
    private async Task<bool> LoosensAsync(AccessRule rule, CancellationToken cancellationToken) => rule switch
    {
        { Type: RuleType.Block } or { Direction: RuleDirection.Receive } => true,
        { Mailbox: { } id } => await _core.Store.MailboxAsync(rule.Account, id, cancellationToken).ConfigureAwait(false) is { Mode: Mode.Autonomous },
        _ => (await _core.Store.MailboxesAsync(rule.Account, after: null, MostMailboxes, cancellationToken).ConfigureAwait(false)) is var all &&
            (all.Count == MostMailboxes || all.Any(m => m.Mode is Mode.Autonomous)),
    };

    private async Task<(AccessRule Rule, Mailbox? Mailbox)> CheckedAsync(Principal principal, NewAccessRule wanted, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var direction = DirectionOf(wanted.Direction, faults);
        var type = TypeOf(wanted.Type, faults);
        if (!AddressPattern.TryParse(wanted.Pattern, out var pattern))
        {
            faults.Invalid("pattern", "pattern is no address, *@domain or *.", "Write name@example.org, *@example.org, or * for everybody.");
        }

        faults.MaxLength("note", wanted.Note, MaxNote);
        if (wanted.Note is { } note && (!RequestBook.IsText(note) || note.Any(char.IsControl)))
        {
            faults.Invalid("note", "note has characters that are no text.", "Write note in one line.");
        }

        // A key of some mailboxes makes no rule for the others.
        var mailbox = wanted.Mailbox is null && principal.Mailboxes is null
            ? null
            : await _core.Reach.FindAsync(principal, wanted.Mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        faults.ThrowIfAny();
        var words = string.IsNullOrWhiteSpace(wanted.Note) ? null : wanted.Note.Trim();
        return (new AccessRule(_core.NewId<RuleId>(), principal.Account, mailbox?.Id, direction, type, pattern!, words, principal.PublicId, default), mailbox);
    }

    private async Task<AccessRule> FindAsync(Principal principal, string? ruleId, CancellationToken cancellationToken)
    {
        var rule = _core.Ids.TryParse<RuleId>(ruleId, out var id) ? await _core.Store.RuleAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) : null;

        // A key of some mailboxes touches neither the others' rules nor the account's.
        return rule is not null && (principal.Mailboxes is null || (rule.Mailbox is { } mailbox && principal.Uses(mailbox))) ? rule : throw RefusalException.NotFound("access rule");
    }

    private async Task<string?> AddressAsync(AccessRule rule, CancellationToken cancellationToken) =>
        rule.Mailbox is { } id ? (await _core.Store.MailboxAsync(rule.Account, id, cancellationToken).ConfigureAwait(false))?.Address : null;

    private static RuleDirection DirectionOf(string? given, Faults faults)
    {
        if (given is null)
        {
            faults.Invalid("direction", "direction is missing.", "Set direction to send or receive.");
        }

        return faults.OneOf("direction", given, "send", "send", "receive") == "send" ? RuleDirection.Send : RuleDirection.Receive;
    }

    private static RuleType TypeOf(string? given, Faults faults)
    {
        if (given is null)
        {
            faults.Invalid("type", "type is missing.", "Set type to allow or block.");
        }

        return faults.OneOf("type", given, "block", "allow", "block") == "allow" ? RuleType.Allow : RuleType.Block;
    }

    private AccessRuleView View(AccessRule rule, string? mailbox) => new(
        _core.Ids.Format(rule.Id), mailbox, RuleNames.Of(rule.Direction), RuleNames.Of(rule.Type), rule.Pattern, rule.Note, rule.CreatedBy, rule.CreatedAt);
}
