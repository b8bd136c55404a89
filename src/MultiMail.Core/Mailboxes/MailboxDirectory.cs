using MultiMail.Core.Node;
using MultiMail.Core.Privacy;
using MultiMail.Core.Storage;
using MultiMail.Core.Text;
using MultiMail.Mail;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Mailboxes;

/// <summary>The product's mailboxes: making them, listing them, and the one place where a mode changes.</summary>
public sealed class MailboxDirectory
{
    private readonly CoreContext _core;
    private readonly MailboxActs _acts;

    internal MailboxDirectory(CoreContext core)
    {
        _core = core;
        _acts = new MailboxActs(core);
    }

    /// <summary>
    /// Makes a mailbox. A key without admin, or one that asks for a looser mode than <c>gated_send</c>, gets a request that a person
    /// decides: a new mailbox must not be a way round the gate.
    /// </summary>
    public async Task<MailboxOutcome> CreateAsync(Principal principal, NewMailbox wanted, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send, Scopes.Admin);
        var mailbox = await CheckedAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        if (!MayProvision(principal) || (ModeChange.Loosens(Mode.GatedSend, mailbox.Mode) && !MailboxActs.MayLoosen(principal)))
        {
            return await AskAsync(principal, mailbox, wanted, cancellationToken).ConfigureAwait(false);
        }

        return new MailboxMade(await MakeAsync(principal, mailbox, wanted, cancellationToken).ConfigureAwait(false));
    }

    private async Task<MailboxView> MakeAsync(Principal principal, Mailbox mailbox, NewMailbox wanted, CancellationToken cancellationToken)
    {
        var open = await OpenLinkAsync(principal, mailbox.Address, wanted.Link, cancellationToken).ConfigureAwait(false);
        var key = wanted.IdempotencyKey;
        var request = SHA256.HashData(Encoding.UTF8.GetBytes($"{mailbox.Address}\n{mailbox.DisplayName}\n{mailbox.AgentId}\n{mailbox.Mode}{Told(open)}"));
        var scope = $"{principal.PublicId} mailbox";
        var made = await _core.Store.WriteAsync(
            async unit =>
            {
                if (key is not null && await unit.FindAnswerAsync(principal.Account, scope, key).ConfigureAwait(false) is { } kept)
                {
                    return await ReplayAsync(unit, principal.Account, kept, request).ConfigureAwait(false);
                }

                var born = await _acts.CreateAsync(unit, principal, mailbox with { CreatedAt = unit.Now }).ConfigureAwait(false);
                if (open is not null)
                {
                    await unit.SetLinkAsync(_core.Links.Sealed(born, open, fromEnvironment: false, unit.Now)).ConfigureAwait(false);
                    await unit.AppendLeafAsync(_core.Leaves.OfMailbox(principal, LeafNames.MailboxUpdated, born) with { Reason = MailboxLinks.Reason(OpenLink.None, open) }).ConfigureAwait(false);
                }

                if (key is not null)
                {
                    await unit.KeepAnswerAsync(principal.Account, scope, key, new IdempotentAnswer(request, _core.Ids.Format(born.Id), unit.Now.AddHours(24))).ConfigureAwait(false);
                }

                return born;
            },
            cancellationToken).Refusing("mailbox.address", "address", "This address is taken, or was once.", ErrorCodes.AddressTaken).ConfigureAwait(false);
        return View(made, open is not null);
    }

    public async Task<MailboxList> ListAsync(Principal principal, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Send, Scopes.Oversight);
        var faults = new Faults();
        var size = faults.Number("limit", limit, 25, 1, 100);
        faults.ThrowIfAny();
        var after = Cursors.Number(cursor);
        var all = await _core.Reach.AllAsync(principal, cancellationToken).ConfigureAwait(false);
        var page = all.Where(m => after is not { } id || m.Id.Value > id).OrderBy(m => m.Id.Value).Take(size + 1).ToList();
        var more = page.Count > size;
        var rows = page.Take(size).ToList();
        var linked = (await _core.Store.LinksAsync(principal.Account, cancellationToken).ConfigureAwait(false)).Select(l => l.Mailbox).ToHashSet();
        var views = new List<MailboxView>();
        foreach (var row in rows)
        {
            views.Add(View(await SeenByAsync(principal, row, cancellationToken).ConfigureAwait(false), linked.Contains(row.Id)));
        }

        return new MailboxList(views, more ? Cursors.Of(rows[^1].Id.Value) : null, all.Count);
    }

    public async Task<MailboxView> GetAsync(Principal principal, string? mailbox, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Send, Scopes.Oversight);
        return await ViewAsync(principal, await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes name, agent id (admin) or mode. A looser mode needs a person or an oversight key outside the mailbox's agents.</summary>
    public async Task<MailboxView> ChangeAsync(Principal principal, string? mailbox, MailboxChange change, CancellationToken cancellationToken)
    {
        var found = await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false);
        var mode = CheckedChange(principal, change);
        if (change.Link is { } link)
        {
            await _core.Links.SetAsync(principal, mailbox, link, cancellationToken).ConfigureAwait(false);
            return await ViewAsync(principal, found, cancellationToken).ConfigureAwait(false);
        }

        var eventId = _core.NewId<EventId>();
        try
        {
            var changed = await _core.Store.WriteAsync(
                unit => _acts.ChangeAsync(unit, principal, found.Id, change, mode, eventId), cancellationToken).ConfigureAwait(false);
            return await ViewAsync(principal, changed, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal) when (refusal.Code is ErrorCodes.OversightScopeRequired or ErrorCodes.SelfApprovalForbidden or ErrorCodes.LiveKeyRequired)
        {
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, found.Id, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    // What waits is told as the queue tells it: whoever does not decide learns of its own mail only, else the count gives canaries and others away.
    private async Task<Mailbox> SeenByAsync(Principal principal, Mailbox mailbox, CancellationToken cancellationToken) => principal.MayDecide || mailbox.Pending == 0
        ? mailbox
        : mailbox with
        {
            Pending = await _core.Store.CountPendingAsync(
                new PendingQuery(principal.Account, [mailbox.Id], principal.World, principal.Lineage, null, null, null, 1), cancellationToken).ConfigureAwait(false),
        };

    private async Task<MailboxView> ViewAsync(Principal principal, Mailbox mailbox, CancellationToken cancellationToken) =>
        View(await SeenByAsync(principal, mailbox, cancellationToken).ConfigureAwait(false), await _core.Store.LinkAsync(mailbox.Account, mailbox.Id, cancellationToken).ConfigureAwait(false) is not null);

    /// <summary>The relay and source of a new mailbox, tried; null when it lives here.</summary>
    private async Task<OpenLink?> OpenLinkAsync(Principal principal, string address, LinkChange? change, CancellationToken cancellationToken)
    {
        if (!IsElsewhere(change))
        {
            return null;
        }

        await _core.Links.RequireRightAsync(principal, mailbox: null, cancellationToken).ConfigureAwait(false);
        MailboxLinks.RefuseLocal(address, change!);
        return await _core.Links.CheckedAsync(principal, change!, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsElsewhere(LinkChange? change) => !string.IsNullOrWhiteSpace(change?.SmtpUrl) || !string.IsNullOrWhiteSpace(change?.ImapUrl);

    // Without the secrets: what is kept of a request must not help to guess them.
    private static string Told(OpenLink? open) => open is null ? string.Empty : $"\n{open.Relay} {open.Relay?.User}\n{open.Source} {open.Source?.User}";

    private MailboxView View(Mailbox m, bool linked) => new(
        _core.Ids.Format(m.Id), m.Address, m.DisplayName, Modes.Name(m.Mode), m.AgentId,
        m.DeactivatedAt is not null ? "deactivated" : m.PausedAt is not null ? "paused" : "active", linked, m.Unread, m.Pending, m.Version, m.CreatedAt)
    {
        RetentionDays = m.RetentionDays,
    };

    private static Mode? CheckedChange(Principal principal, MailboxChange change)
    {
        var faults = new Faults();
        var mode = CheckedMode(change.OversightMode, faults);
        CheckNames(change.DisplayName, change.AgentId, faults);
        if (change.RetentionDays is not null)
        {
            faults.Number("retention_days", change.RetentionDays, 0, 0, Retention.MostDays);
        }

        if (change is { OversightMode: null, DisplayName: null, AgentId: null, RetentionDays: null, Link: null })
        {
            faults.Invalid("oversight_mode", "There is nothing to change.", "Give oversight_mode, display_name, agent_id, retention_days, smtp_url or imap_url.");
        }

        if (change.Link is not null && change is not { OversightMode: null, DisplayName: null, AgentId: null, RetentionDays: null, ExpectedVersion: null })
        {
            faults.Invalid(EndpointFields.Relay, "Relay and source change alone: either everything happens or nothing.", "Send smtp_url and imap_url in a request of their own.");
        }

        faults.ThrowIfAny();
        if (change.DisplayName is not null || change.AgentId is not null)
        {
            principal.Require(Scopes.Admin);
            principal.RequireLive();
        }

        if (change.RetentionDays is not null)
        {
            Retention.RequireRight(principal);
        }

        return mode;
    }

    private static Mode? CheckedMode(string? name, Faults faults)
    {
        if (name is null)
        {
            return null;
        }

        if (Modes.TryParse(name, out var mode))
        {
            return mode;
        }

        faults.Invalid("oversight_mode", "oversight_mode is not a mode.", $"Set oversight_mode to one of {string.Join(", ", Modes.Names)}.");
        return null;
    }

    private static void CheckNames(string? displayName, string? agentId, Faults faults)
    {
        faults.MaxLength("display_name", displayName, 100);
        if (displayName is not null && displayName.Any(char.IsControl))
        {
            faults.Invalid("display_name", "display_name holds a control character.", "Remove line breaks and other control characters from display_name.");
        }

        if (agentId is not null && !AgentIds.IsValid(agentId))
        {
            faults.Invalid("agent_id", "agent_id is not a name an agent can sign with.", "Use lower-case letters, digits, '.', '_' and '-', at most 64, beginning and ending with a letter or digit.");
        }
    }

    private async ValueTask<Mailbox> ReplayAsync(IWriteUnit unit, AccountId account, IdempotentAnswer kept, byte[] request)
    {
        if (!kept.RequestSha256.AsSpan().SequenceEqual(request))
        {
            throw new RefusalException(ErrorCodes.IdempotencyConflict, "This idempotency key was used for another mailbox.");
        }

        return _core.Ids.TryParse<MailboxId>(kept.Response, out var id) && await unit.FindMailboxAsync(account, id).ConfigureAwait(false) is { } before
            ? before
            : throw RefusalException.NotFound("mailbox");
    }

    private async Task<Mailbox> CheckedAsync(Principal principal, NewMailbox wanted, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var mode = CheckedMode(wanted.OversightMode, faults) ?? Mode.GatedSend;
        CheckNames(wanted.DisplayName, wanted.AgentId, faults);
        IdempotencyKeys.Check(wanted.IdempotencyKey, faults);
        if (!MailboxAddress.TryParse(wanted.Address, out var address, out var fault))
        {
            faults.Add(ErrorCodes.InvalidAddress, "address", $"address is not an e-mail address: {fault}");
        }
        else if (address.Domain != LocalDomain.Name && !IsElsewhere(wanted.Link) && !await IsRegisteredAsync(principal.Account, address.Domain, cancellationToken).ConfigureAwait(false))
        {
            faults.Add(ErrorCodes.DomainNotRegistered, "address", $"The domain {address.Domain} is not registered here.");
        }

        faults.ThrowIfAny();
        principal.RequireLive();
        var agent = wanted.AgentId ?? AgentIds.FromLocalPart(address!.LocalPart);
        return new Mailbox(_core.NewId<MailboxId>(), principal.Account, address!.AddrSpec, wanted.DisplayName, agent, mode, null, null, 0, 0, 1, default);
    }

    /// <summary>May make a mailbox that is as strict as the default.</summary>
    private static bool MayProvision(Principal principal) =>
        principal.Mailboxes is null && (principal.Has(Scopes.Admin) || principal.Kind is PrincipalKind.Human);

    private async Task<MailboxAsked> AskAsync(Principal principal, Mailbox mailbox, NewMailbox wanted, CancellationToken cancellationToken)
    {
        if (IsElsewhere(wanted.Link))
        {
            await _core.Links.RequireRightAsync(principal, mailbox: null, cancellationToken).ConfigureAwait(false);
            throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, EndpointFields.Relay, "A mailbox that a person has to grant is asked for without relay and source.", "Ask without smtp_url and imap_url, or as gated_send with an unbound admin key.")]);
        }

        if (await _core.Store.MailboxByAddressAsync(principal.Account, mailbox.Address, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw RefusalException.For([new Violation(ErrorCodes.AddressTaken, "address", "This address is taken, or was once.", ErrorCatalog.Of(ErrorCodes.AddressTaken).Fix)]);
        }

        var mode = MayProvision(principal) ? mailbox.Mode : await CappedAsync(principal, mailbox.Mode, cancellationToken).ConfigureAwait(false);
        var wish = new MailboxWish(_core, mailbox.Address, mailbox.DisplayName, mailbox.AgentId, mode, principal.Mailboxes is null ? null : principal.Key);
        var receipt = await _core.RequestBook.OpenAsync(principal, wish, null, cancellationToken, wanted.IdempotencyKey).ConfigureAwait(false);
        return new MailboxAsked(receipt, mailbox.Address, Modes.Name(mode), mailbox.DisplayName, mailbox.AgentId);
    }

    /// <summary>Not looser than the default, nor than the strictest mailbox that the key has: a new one is no way out of a strict one.</summary>
    private async Task<Mode> CappedAsync(Principal principal, Mode asked, CancellationToken cancellationToken)
    {
        var own = await _core.Reach.AllAsync(principal, cancellationToken).ConfigureAwait(false);
        var most = own.Select(m => m.Mode).Append(Mode.GatedSend).Min();
        return ModeChange.Loosens(most, asked) ? most : asked;
    }

    private async Task<bool> IsRegisteredAsync(AccountId account, string domain, CancellationToken cancellationToken) =>
        (await _core.Store.DomainsAsync(account, cancellationToken).ConfigureAwait(false)).Any(d => d.Name == domain);
}
