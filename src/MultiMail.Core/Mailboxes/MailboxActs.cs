using MultiMail.Core.Evidence;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Mailboxes;

/// <summary>What happens to a mailbox in a unit, whoever decided it: a person at once, or a person about a request.</summary>
internal sealed class MailboxActs(CoreContext core)
{
    private const string AskFix =
        "Ask for it: POST /v1/requests {\"kind\":\"mode\",\"mailbox\":ADDRESS,\"target_mode\":MODE}. A person decides it, or sets the mode: `multimail mailbox mode ADDRESS MODE`.";

    /// <summary>May loosen something without asking: a person, or a key with oversight, but over MCP nobody.</summary>
    public static bool MayLoosen(Principal principal) =>
        principal is { MayDecide: true, Kind: not (PrincipalKind.Agent or PrincipalKind.System) } && principal.Channel != "mcp";

    public async ValueTask<Mailbox> CreateAsync(IWriteUnit unit, Principal principal, Mailbox born)
    {
        await unit.InsertMailboxAsync(born).ConfigureAwait(false);
        await unit.AppendLeafAsync(core.Leaves.OfMailbox(principal, LeafNames.MailboxCreated, born)).ConfigureAwait(false);
        return born;
    }

    /// <summary>Changes what is given. A looser mode needs a person or an oversight key that whoever wished it has no part in; over MCP nobody loosens.</summary>
    /// <param name="wished">Lineage of whoever asked for it; null = it is the principal's own act.</param>
    public async ValueTask<Mailbox> ChangeAsync(
        IWriteUnit unit, Principal principal, MailboxId id, MailboxChange change, Mode? wanted, EventId eventId, string? wished = null)
    {
        var current = await unit.FindMailboxAsync(principal.Account, id).ConfigureAwait(false) ?? throw RefusalException.NotFound("mailbox");
        if (change.ExpectedVersion is { } version && version != current.Version)
        {
            throw new RefusalException(ErrorCodes.VersionConflict, $"The mailbox is at version {current.Version}.");
        }

        // Keys made by people start a lineage of their own, so an oversight key is never one of the mailbox's agents.
        var actor = principal.ActorFor(wished, World.Live);
        var mode = wanted ?? current.Mode;
        var answer = ModeChange.Decide(current.Mode, mode, actor, principal.Has(Scopes.Admin));
        if (answer is ModeRefused refused)
        {
            throw Refuse(refused.Why);
        }

        if (ModeChange.Loosens(current.Mode, mode) && !MayLoosen(principal))
        {
            throw Refuse(ModeRefusal.OversightScopeRequired);
        }

        // Anybody may ask for what stands already; it writes nothing.
        if (mode == current.Mode && change is { DisplayName: null, AgentId: null, RetentionDays: null })
        {
            return current;
        }

        var next = current with
        {
            Mode = mode,
            DisplayName = change.DisplayName ?? current.DisplayName,
            AgentId = change.AgentId ?? current.AgentId,
            RetentionDays = change.RetentionDays is { } days ? (days == 0 ? null : days) : current.RetentionDays,
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
        await unit.AppendLeafAsync(core.Leaves.OfMailbox(principal, name, next) with { Policy = evidence }).ConfigureAwait(false);
        if (next.AgentId != current.AgentId)
        {
            await unit.ResetEvidenceAsync(next.Account, id, domain: null).ConfigureAwait(false);
        }

        if (mode != current.Mode)
        {
            await unit.NoteModeAsync(next.Account, id, demotedFor: null).ConfigureAwait(false);
            await unit.AddEventAsync(core.Events.ModeChanged(eventId, next, unit.Now)).ConfigureAwait(false);
        }

        return next;
    }

    private static RefusalException Refuse(ModeRefusal why) => why switch
    {
        ModeRefusal.LiveKeyRequired => Principal.TestKeyRefused,
        ModeRefusal.OversightScopeRequired => new(ErrorCodes.OversightScopeRequired, "A looser mode is a person's decision.", AskFix),
        ModeRefusal.SelfApprovalForbidden => new(ErrorCodes.SelfApprovalForbidden, "Whoever sends from a mailbox cannot loosen it."),
        _ => new(ErrorCodes.ScopeMissing, "This key may not change a mailbox's mode."),
    };
}
