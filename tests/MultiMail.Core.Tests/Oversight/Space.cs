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
           select new GateFacts(mode, risk, tainted, listed, heldBefore, paused, timing),
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
            [typeof(KernelEvent.Submit)] = () => from by in Actors from gate in Gates select new KernelEvent.Submit(by, gate),
            [typeof(KernelEvent.SaveDraft)] = () => from by in Actors select new KernelEvent.SaveDraft(by),
            [typeof(KernelEvent.Edit)] = () => from by in Actors from gate in Gates select new KernelEvent.Edit(by, gate),
            [typeof(KernelEvent.HumanEdit)] = () => from by in Actors select new KernelEvent.HumanEdit(by),
            [typeof(KernelEvent.Approve)] = Approve,
            [typeof(KernelEvent.Reject)] = () => from by in Actors from digest in Flags select new KernelEvent.Reject(by, digest),
            [typeof(KernelEvent.RequestChanges)] = () =>
                from by in Actors from digest in Flags select new KernelEvent.RequestChanges(by, digest),
            [typeof(KernelEvent.Cancel)] = () => from by in Actors select new KernelEvent.Cancel(by),
            [typeof(KernelEvent.Expire)] = () => from by in Actors from past in Flags select new KernelEvent.Expire(by, past),
            [typeof(KernelEvent.Due)] = Due,
            [typeof(KernelEvent.Recheck)] = Recheck,
            [typeof(KernelEvent.Attempt)] = Attempt,
            [typeof(KernelEvent.Settle)] = () =>
                from by in Actors
                from result in Enum.GetValues<RecipientResult>()
                from outcome in Enum.GetValues<Outcome>()
                select new KernelEvent.Settle(by, result, outcome),
            [typeof(KernelEvent.LateBounce)] = () => from by in Actors select new KernelEvent.LateBounce(by),
            [typeof(KernelEvent.Arrive)] = () =>
                from by in Actors
                from mode in Enum.GetValues<Mode>()
                from quarantine in Flags
                select new KernelEvent.Arrive(by, mode, quarantine),
            [typeof(KernelEvent.Release)] = () => from by in Actors from digest in Flags select new KernelEvent.Release(by, digest),
        };

    public static readonly MessageState[] States = Enum.GetValues<MessageState>();

    /// <summary>Every input of one event, answered.</summary>
    public static IEnumerable<Step> Steps(Type @event, Func<MessageState, KernelEvent, KernelAnswer> decide) =>
        from e in ByEvent[@event]() from state in States select new Step(state, e, decide(state, e));

    private static IEnumerable<KernelEvent> Approve() =>
        from by in Actors
        from digest in Flags
        from timing in Timings
        from past in Flags
        from standing in Flags
        from editor in Flags
        from approvals in Approvals
        select new KernelEvent.Approve(by, digest, timing, past, standing, editor, approvals);

    private static IEnumerable<KernelEvent> Due() =>
        from who in WithNode()
        from approvals in who.Full ? Approvals : [Plenty]
        select new KernelEvent.Due(who.By, who.Gate, approvals);

    private static IEnumerable<KernelEvent> Recheck() =>
        from who in WithNode()
        from approvals in who.Full ? Approvals : [Plenty]
        from digest in Flags
        from blocked in Flags
        select new KernelEvent.Recheck(who.By, who.Gate, approvals, digest, blocked);

    private static IEnumerable<KernelEvent> Attempt() =>
        from who in WithNode()
        from approvals in who.Full ? Approvals : [Plenty]
        from world in Enum.GetValues<World>()
        from digest in Flags
        from blocked in Flags
        select new KernelEvent.Attempt(who.By, world, who.Gate, approvals, digest, blocked);

    private static IEnumerable<(Actor By, GateFacts Gate, bool Full)> WithNode() =>
        (from gate in Gates select (Actor.System, gate, true)).Concat(from by in Actors from gate in Easy select (by, gate, false));
}
