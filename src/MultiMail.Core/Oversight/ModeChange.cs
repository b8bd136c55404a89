namespace MultiMail.Core.Oversight;

/// <summary>
/// Decides whether a principal may change a mailbox's mode. A change that is looser in either direction, outbound or inbound,
/// is a loosening and belongs to a person or a key with oversight outside the mailbox's lineage; tightening is nearly free.
/// </summary>
public static class ModeChange
{
    /// <summary>Moves, or refuses with the first applicable reason in the order of <see cref="ModeRefusal"/>. The same mode is always allowed.</summary>
    /// <param name="by">
    /// Lineage is seen from the mailbox's agents. <see cref="Actor.SameWorld"/> is false for a principal of the test world, which
    /// changes nothing that both worlds share.
    /// </param>
    /// <param name="mayAdmin">Has the admin scope. The node's own demotion passes true.</param>
    public static ModeAnswer Decide(Mode from, Mode to, Actor by, bool mayAdmin)
    {
        if (from == to)
        {
            return new ModeMoved(Loosened: false);
        }

        if (!by.SameWorld)
        {
            return new ModeRefused(ModeRefusal.LiveKeyRequired);
        }

        return Loosens(from, to) ? Loosen(by) : Tighten(by, mayAdmin);
    }

    /// <summary>Looser in at least one direction: <c>gated_all</c> to <c>read_only</c> is, for it frees inbound mail.</summary>
    public static bool Loosens(Mode from, Mode to) => to > from || (from == Mode.GatedAll && to != Mode.GatedAll);

    private static ModeAnswer Loosen(Actor by)
    {
        if (!by.MayDecide || by.Kind == PrincipalKind.Agent)
        {
            return new ModeRefused(ModeRefusal.OversightScopeRequired);
        }

        return by.Lineage == Lineage.Same ? new ModeRefused(ModeRefusal.SelfApprovalForbidden) : new ModeMoved(Loosened: true);
    }

    private static ModeAnswer Tighten(Actor by, bool mayAdmin) =>
        by.MaySend || mayAdmin || by.MayDecide ? new ModeMoved(Loosened: false) : new ModeRefused(ModeRefusal.ScopeMissing);
}

/// <summary>The answer: <see cref="ModeMoved"/> or <see cref="ModeRefused"/>.</summary>
public abstract record ModeAnswer
{
    private protected ModeAnswer()
    {
    }
}

/// <summary>The change happens.</summary>
/// <param name="Loosened">Looser in some direction than before. False also when nothing changed.</param>
public sealed record ModeMoved(bool Loosened) : ModeAnswer;

public sealed record ModeRefused(ModeRefusal Why) : ModeAnswer;

/// <summary>Wire codes: <c>live_key_required</c>, <c>oversight_scope_required</c>, <c>self_approval_forbidden</c>, <c>scope_missing</c>.</summary>
public enum ModeRefusal
{
    LiveKeyRequired,
    OversightScopeRequired,
    SelfApprovalForbidden,
    ScopeMissing,
}
