using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>
/// Every input of the kernel: each state with each event and each combination of its facts. The node's own events read nothing
/// of their actor but its kind, so they meet all facts with the node and all actors with the facts under which most may happen.
/// </summary>
internal static class Space
{
    public static readonly bool[] Flags = [false, true];

    public static readonly Actor[] Actors =
    [
        .. from kind in Enum.GetValues<PrincipalKind>()
           from lineage in Enum.GetValues<Lineage>()
           from maySend in Flags
           from mayDecide in Flags
           from sameWorld in Flags
           select new Actor(kind, lineage, maySend, mayDecide, sameWorld),
    ];

    public static readonly GateFacts[] Gates =
    [
        .. from mode in Enum.GetValues<Mode>()
           from risk in Flags
           from tainted in Flags
           from listed in Flags
           from heldBefore in Flags
           from paused in Flags
           from timing in Enum.GetValues<Timing>()
           from canary in Flags
           select new GateFacts(mode, risk, tainted, listed, heldBefore, paused, timing) { Canary = canary },
    ];

    private static readonly Approvals[] Approvals =
        [.. from given in Enumerable.Range(0, 3) from needed in Enumerable.Range(0, 3) select new Approvals(given, needed)];

    private static readonly Timing[] Timings = Enum.GetValues<Timing>();

    private static readonly Approvals Plenty = new(2, 2);

    // Nothing in these facts stands in the way, save perhaps the time.
    private static readonly GateFacts[] Easy =
    [
        .. from timing in Timings
           select new GateFacts(Mode.Autonomous, RiskHold: false, Tainted: false, AllAllowListed: true, HeldBefore: false, Paused: false, timing),
    ];

    public static readonly IReadOnlyDictionary<Type, Func<IEnumerable<KernelEvent>>> ByEvent =
        new Dictionary<Type, Func<IEnumerable<KernelEvent>>>
        {
            [typeof(KernelEvent.Submit)] = () => from who in Actors from gate in Gates select new KernelEvent.Submit(who, gate),
            [typeof(KernelEvent.SaveDraft)] = () => from who in Actors select new KernelEvent.SaveDraft(who),
            [typeof(KernelEvent.Edit)] = () => from who in Actors from gate in Gates select new KernelEvent.Edit(who, gate),
            [typeof(KernelEvent.HumanEdit)] = () => from who in Actors select new KernelEvent.HumanEdit(who),
            [typeof(KernelEvent.Approve)] = Approve,
            [typeof(KernelEvent.Reject)] = () => from who in Actors from digest in Flags select new KernelEvent.Reject(who, digest),
            [typeof(KernelEvent.RequestChanges)] = () =>
                from who in Actors from digest in Flags select new KernelEvent.RequestChanges(who, digest),
            [typeof(KernelEvent.Cancel)] = () => from who in Actors select new KernelEvent.Cancel(who),
            [typeof(KernelEvent.Expire)] = () => from who in Actors from past in Flags select new KernelEvent.Expire(who, past),
            [typeof(KernelEvent.Due)] = Due,
            [typeof(KernelEvent.Recheck)] = Recheck,
            [typeof(KernelEvent.Attempt)] = Attempt,
            [typeof(KernelEvent.Settle)] = () =>
                from who in Actors
                from result in Enum.GetValues<RecipientResult>()
                from outcome in Enum.GetValues<Outcome>()
                select new KernelEvent.Settle(who, result, outcome),
            [typeof(KernelEvent.LateBounce)] = () => from who in Actors select new KernelEvent.LateBounce(who),
            [typeof(KernelEvent.Arrive)] = () =>
                from who in Actors
                from mode in Enum.GetValues<Mode>()
                from quarantine in Flags
                select new KernelEvent.Arrive(who, mode, quarantine),
            [typeof(KernelEvent.Release)] = () => from who in Actors from digest in Flags select new KernelEvent.Release(who, digest),
        };

    public static readonly MessageState[] States = Enum.GetValues<MessageState>();

    /// <summary>Every input of one event, answered.</summary>
    public static IEnumerable<Step> Steps(Type @event, Func<MessageState, KernelEvent, KernelAnswer> decide) =>
        from e in ByEvent[@event]() from state in States select new Step(state, e, decide(state, e));

    private static IEnumerable<KernelEvent> Approve() =>
        from who in Actors
        from digest in Flags
        from timing in Timings
        from past in Flags
        from standing in Flags
        from editor in Flags
        from approvals in Approvals
        from canary in Flags
        select new KernelEvent.Approve(who, digest, timing, past, standing, editor, approvals) { Canary = canary };

    private static IEnumerable<KernelEvent> Due() =>
        from node in WithNode()
        from approvals in node.Full ? Approvals : [Plenty]
        select new KernelEvent.Due(node.By, node.Gate, approvals);

    private static IEnumerable<KernelEvent> Recheck() =>
        from node in WithNode()
        from approvals in node.Full ? Approvals : [Plenty]
        from digest in Flags
        from blocked in Flags
        select new KernelEvent.Recheck(node.By, node.Gate, approvals, digest, blocked);

    private static IEnumerable<KernelEvent> Attempt() =>
        from node in WithNode()
        from approvals in node.Full ? Approvals : [Plenty]
        from world in Enum.GetValues<World>()
        from digest in Flags
        from blocked in Flags
        select new KernelEvent.Attempt(node.By, world, node.Gate, approvals, digest, blocked);

    private static IEnumerable<(Actor By, GateFacts Gate, bool Full)> WithNode() =>
        (from gate in Gates select (Actor.System, gate, true)).Concat(from who in Actors from gate in Easy select (who, gate, false));
}
