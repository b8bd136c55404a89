using MultiMail.Core.Evidence;
using MultiMail.Core.Node;
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

    internal MailboxDirectory(CoreContext core) => _core = core;

    /// <summary>
    /// Makes a mailbox. A key without admin, or one that asks for a looser mode than <c>gated_send</c>, needs a person
    /// (<c>oversight_scope_required</c>): a new mailbox must not be a way round the gate.
    /// </summary>
    public async Task<MailboxView> CreateAsync(Principal principal, NewMailbox wanted, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send, Scopes.Admin);
        var mailbox = await CheckedAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
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

                var born = mailbox with { CreatedAt = unit.Now };
                await unit.InsertMailboxAsync(born).ConfigureAwait(false);
                await unit.AppendLeafAsync(_core.Leaves.OfMailbox(principal, LeafNames.MailboxCreated, born)).ConfigureAwait(false);
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
        return new MailboxList([.. rows.Select(m => View(m, linked.Contains(m.Id)))], more ? Cursors.Of(rows[^1].Id.Value) : null, all.Count);
    }

    public async Task<MailboxView> GetAsync(Principal principal, string? mailbox, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Send, Scopes.Oversight);
        return await ViewAsync(await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes name, agent id (admin) or mode. A looser mode needs a person or an oversight key outside the mailbox's agents.</summary>
    public async Task<MailboxView> ChangeAsync(Principal principal, string? mailbox, MailboxChange change, CancellationToken cancellationToken)
    {
        var found = await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false);
        var mode = CheckedChange(principal, change);
        if (change.Link is { } link)
        {
            await _core.Links.SetAsync(principal, mailbox, link, cancellationToken).ConfigureAwait(false);
            return await ViewAsync(found, cancellationToken).ConfigureAwait(false);
        }

        var eventId = _core.NewId<EventId>();
        try
        {
            var changed = await _core.Store.WriteAsync(
                unit => ApplyAsync(unit, principal, found.Id, change, mode, eventId), cancellationToken).ConfigureAwait(false);
            return await ViewAsync(changed, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal) when (refusal.Code is ErrorCodes.OversightScopeRequired or ErrorCodes.SelfApprovalForbidden or ErrorCodes.LiveKeyRequired)
        {
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, found.Id, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<MailboxView> ViewAsync(Mailbox mailbox, CancellationToken cancellationToken) =>
        View(mailbox, await _core.Store.LinkAsync(mailbox.Account, mailbox.Id, cancellationToken).ConfigureAwait(false) is not null);

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
        m.DeactivatedAt is not null ? "deactivated" : m.PausedAt is not null ? "paused" : "active", linked, m.Unread, m.Pending, m.Version, m.CreatedAt);

    private static Mode? CheckedChange(Principal principal, MailboxChange change)
    {
        var faults = new Faults();
        var mode = CheckedMode(change.OversightMode, faults);
        CheckNames(change.DisplayName, change.AgentId, faults);
        if (change is { OversightMode: null, DisplayName: null, AgentId: null, Link: null })
        {
            faults.Invalid("oversight_mode", "There is nothing to change.", "Give oversight_mode, display_name, agent_id, smtp_url or imap_url.");
        }

        if (change.Link is not null && change is not { OversightMode: null, DisplayName: null, AgentId: null, ExpectedVersion: null })
        {
            faults.Invalid(EndpointFields.Relay, "Relay and source change alone: either everything happens or nothing.", "Send smtp_url and imap_url in a request of their own.");
        }

        faults.ThrowIfAny();
        if (change.DisplayName is not null || change.AgentId is not null)
        {
            principal.Require(Scopes.Admin);
            principal.RequireLive();
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

    private async ValueTask<Mailbox> ApplyAsync(IWriteUnit unit, Principal principal, MailboxId id, MailboxChange change, Mode? wanted, EventId eventId)
    {
        var current = await unit.FindMailboxAsync(principal.Account, id).ConfigureAwait(false) ?? throw RefusalException.NotFound("mailbox");
        if (change.ExpectedVersion is { } version && version != current.Version)
        {
            throw new RefusalException(ErrorCodes.VersionConflict, $"The mailbox is at version {current.Version}.");
        }

        // Keys made by people start a lineage of their own, so an oversight key is never one of the mailbox's agents.
        var actor = principal.ActorFor(submitterLineage: null, World.Live);
        var mode = wanted ?? current.Mode;
        var answer = ModeChange.Decide(current.Mode, mode, actor, principal.Has(Scopes.Admin));
        if (answer is ModeRefused refused)
        {
            throw Refuse(refused.Why);
        }

        // Anybody may ask for what stands already; it writes nothing.
        if (mode == current.Mode && change is { DisplayName: null, AgentId: null })
        {
            return current;
        }

        var next = current with
        {
            Mode = mode,
            DisplayName = change.DisplayName ?? current.DisplayName,
            AgentId = change.AgentId ?? current.AgentId,
        };
        if (next == current)
        {
            return current; // nothing happens, so nothing is logged
        }

        next = next with { Version = current.Version + 1 };
        // What was known when the freedom was given stands beside it in the log.
        var evidence = answer is ModeMoved { Loosened: true } ? EvidenceCode.Of(await unit.FindEvidenceAsync(next.Account, id).ConfigureAwait(false)) : null;
        await unit.UpdateMailboxAsync(next).ConfigureAwait(false);
        var name = mode == current.Mode ? LeafNames.MailboxUpdated : LeafNames.MailboxModeChanged;
        await unit.AppendLeafAsync(_core.Leaves.OfMailbox(principal, name, next) with { Policy = evidence }).ConfigureAwait(false);
        if (next.AgentId != current.AgentId)
        {
            await unit.ResetEvidenceAsync(next.Account, id, domain: null).ConfigureAwait(false);
        }

        if (mode != current.Mode)
        {
            await unit.NoteModeAsync(next.Account, id, demotedFor: null).ConfigureAwait(false);
            await unit.AddEventAsync(_core.Events.ModeChanged(eventId, next, unit.Now)).ConfigureAwait(false);
        }

        return next;
    }

    private static RefusalException Refuse(ModeRefusal why) => why switch
    {
        ModeRefusal.LiveKeyRequired => Principal.TestKeyRefused,
        ModeRefusal.OversightScopeRequired => new(ErrorCodes.OversightScopeRequired, "A looser mode is a person's decision."),
        ModeRefusal.SelfApprovalForbidden => new(ErrorCodes.SelfApprovalForbidden, "Whoever sends from a mailbox cannot loosen it."),
        _ => new(ErrorCodes.ScopeMissing, "This key may not change a mailbox's mode."),
    };

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
        RequireRight(principal, mode);
        var agent = wanted.AgentId ?? AgentIds.FromLocalPart(address!.LocalPart);
        return new Mailbox(_core.NewId<MailboxId>(), principal.Account, address!.AddrSpec, wanted.DisplayName, agent, mode, null, null, 0, 0, 1, default);
    }

    private static void RequireRight(Principal principal, Mode mode)
    {
        if (principal.Mailboxes is not null || !(principal.Has(Scopes.Admin) || principal.Kind is PrincipalKind.Human))
        {
            throw new RefusalException(ErrorCodes.OversightScopeRequired, "A new mailbox is a person's decision, or an admin key's.", "Ask a person: `multimail mailbox create ADDRESS`.");
        }

        if (ModeChange.Loosens(Mode.GatedSend, mode) && !(principal.MayDecide && principal.Kind is not PrincipalKind.Agent))
        {
            throw new RefusalException(ErrorCodes.OversightScopeRequired, "A mailbox that is looser than gated_send is a person's decision.", "Create it as gated_send and ask a person to change its mode.");
        }
    }

    private async Task<bool> IsRegisteredAsync(AccountId account, string domain, CancellationToken cancellationToken) =>
        (await _core.Store.DomainsAsync(account, cancellationToken).ConfigureAwait(false)).Any(d => d.Name == domain);
}
