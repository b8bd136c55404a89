using MultiMail.Core.Oversight;
using static MultiMail.Core.Oversight.KernelEvent;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>Every guard of the kernel, removed one at a time.</summary>
internal static class Lies
{
    public static readonly Lie[] All =
    [
        .. Written<Submit>("T11"), .. Written<SaveDraft>("T11"), .. Written<Edit>("T11"), .. Written<Cancel>("T11"),
        .. Gated<Submit>(), .. Gated<Edit>(),
        .. Decided<Approve>(), .. Decided<Reject>(), .. Decided<RequestChanges>(), .. Decided<Release>(),
        .. Nodes<Expire>(), .. Nodes<Due>(), .. Nodes<Recheck>(), .. Nodes<Attempt>(), .. Nodes<Settle>(), .. Nodes<LateBounce>(), .. Nodes<Arrive>(),
        .. Sent<Due>("T1", "T9"), .. Sent<Attempt>("T8", "T9"), .. Sent<Recheck>("W8", "W8"),
        .. HumanEdits, .. Approvals, .. Rest, .. States, .. Answers,
    ];

    private static Lie[] HumanEdits =>
    [
        Lie.By<HumanEdit>("SameWorld", "the other world is let in", "W1", a => a with { SameWorld = true }),
        Lie.By<HumanEdit>("Kind", "anybody is a person", "T11", a => a with { Kind = PrincipalKind.Human }),
    ];

    private static Lie[] Approvals =>
    [
        Lie.About<Approve>("DigestCurrent", "the digest is always current", "T1", e => e with { DigestCurrent = true }),
        Lie.About<Approve>("Timing", "missed is ignored", "T10", e => e with { Timing = Missed(e.Timing) }),
        Lie.About<Approve>("Timing", "the future is ignored", "W11", e => e with { Timing = Future(e.Timing) }),
        Lie.About<Approve>("PastExpiry", "past expiry is ignored", "W5", e => e with { PastExpiry = false }),
        Lie.About<Approve>("StandingApprovalByOwner", "one owner counts twice", "T1", e => e with { StandingApprovalByOwner = false }),
        Lie.About<Approve>("EditedByOwner", "the editor is a second person", "T1", e => e with { EditedByOwner = false }),
        Lie.Approvals<Approve>("Given", "one more was given", "T1", a => a with { Given = a.Given + 1 }),
        Lie.Approvals<Approve>("Needed", "the number needed is forgotten", "T1", a => a with { Needed = 0 }),
    ];

    private static Lie[] Rest =>
    [
        Lie.About<Reject>("DigestCurrent", "the digest is always current", "T9", e => e with { DigestCurrent = true }),
        Lie.About<Release>("DigestCurrent", "the digest is always current", "T9", e => e with { DigestCurrent = true }),
        Lie.About<Expire>("PastExpiry", "it is always past expiry", "W5", e => e with { PastExpiry = true }),
        Lie.About<Recheck>("DigestCurrent", "the bytes are always right", "W8", e => e with { DigestCurrent = true }),
        Lie.About<Recheck>("Blocked", "rules are skipped", "W8", e => e with { Blocked = false }),
        Lie.About<Attempt>("DigestCurrent", "the bytes are always right", "T8", e => e with { DigestCurrent = true }),
        Lie.About<Attempt>("Blocked", "rules are skipped", "T8", e => e with { Blocked = false }),
        Lie.About<Attempt>("World", "the test world passes for live", "T4", e => e with { World = World.Live }),
        Lie.About<Attempt>("World", "the live world passes for a test", "W16", e => e with { World = World.Test }),
        Lie.Gate<Attempt>("Paused", "the pause is ignored", "W6", g => g with { Paused = false }),
        Lie.Gate<Attempt>("Timing", "the future is ignored", "W11", g => g with { Timing = Future(g.Timing) }),
        Lie.Gate<Due>("Timing", "the future is ignored", "W11", g => g with { Timing = Future(g.Timing) }),
        Lie.About<Approve>("Canary", "a canary passes for mail", "T12", e => e with { Canary = false }),
        Lie.About<Approve>("Canary", "mail passes for a canary", "W17", e => e with { Canary = true }),
        Lie.Gate<Submit>("Canary", "a canary passes for mail", "T12", g => g with { Canary = false }),
        Lie.Gate<Edit>("Canary", "a canary passes for mail", "T12", g => g with { Canary = false }),
        Lie.Gate<Due>("Canary", "a canary passes for mail", "T12", g => g with { Canary = false }),
        Lie.Gate<Recheck>("Canary", "a canary passes for mail", "W8", g => g with { Canary = false }),
        Lie.Gate<Attempt>("Canary", "a canary passes for mail", "T12", g => g with { Canary = false }),
        Lie.About<Settle>("Result", "everything is accepted", "T7", e => e with { Result = RecipientResult.Accepted }),
        Lie.About<Settle>("Outcome", "open recipients are forgotten", "W14", e => e with { Outcome = Outcome.AllDelivered }),
        Lie.About<Arrive>("Mode", "inbound mail is never held", "W13", e => e with { Mode = Mode.Monitored }),
        Lie.About<Arrive>("Quarantine", "inbound rules are ignored", "W13", e => e with { Quarantine = false }),
    ];

    private static Lie[] States =>
    [
        Lie.State<Edit>(MessageState.Sending, MessageState.Queued, "T6"),
        Lie.State<Edit>(MessageState.Delivered, MessageState.Pending, "T5"),
        Lie.State<Cancel>(MessageState.Sending, MessageState.Queued, "T6"),
        Lie.State<Cancel>(MessageState.Rejected, MessageState.Draft, "T5"),
        Lie.State<Submit>(MessageState.Cancelled, MessageState.Draft, "T5"),
        Lie.State<SaveDraft>(MessageState.Sending, MessageState.Draft, "T6"),
        Lie.State<HumanEdit>(MessageState.Expired, MessageState.Pending, "T5"),
        Lie.State<Approve>(MessageState.Expired, MessageState.Pending, "T5"),
        Lie.State<Approve>(MessageState.Rejected, MessageState.Pending, "T5"),
        Lie.State<Approve>(MessageState.Sending, MessageState.Pending, "T6"),
        Lie.State<Reject>(MessageState.Sending, MessageState.Queued, "T6"),
        Lie.State<RequestChanges>(MessageState.Sending, MessageState.Pending, "T6"),
        Lie.State<Expire>(MessageState.Sending, MessageState.Pending, "T6"),
        Lie.State<Due>(MessageState.Sending, MessageState.Scheduled, "T6"),
        Lie.State<Recheck>(MessageState.Sending, MessageState.Queued, "T6"),
        Lie.State<Attempt>(MessageState.Pending, MessageState.Queued, "T6"),
        Lie.State<Attempt>(MessageState.Scheduled, MessageState.Queued, "T6"),
        Lie.State<Attempt>(MessageState.Queued, MessageState.Sending, "T10"),
        Lie.State<Attempt>(MessageState.Bounced, MessageState.Sending, "T5"),
        Lie.State<Settle>(MessageState.Failed, MessageState.Sending, "T5"),
        Lie.State<LateBounce>(MessageState.Bounced, MessageState.Delivered, "T5"),
        Lie.State<LateBounce>(MessageState.Failed, MessageState.Delivered, "T5"),
        Lie.State<Arrive>(MessageState.Quarantined, MessageState.None, "T5"),
        Lie.State<Release>(MessageState.Quarantined, MessageState.Held, "T5"),
    ];

    private static Lie[] Answers =>
    [
        Lie.Without<Edit>(Effects.VoidApprovals, "T2"),
        Lie.Without<HumanEdit>(Effects.VoidApprovals, "T2"),
        Lie.Without<RequestChanges>(Effects.VoidApprovals, "T2"),
        Lie.Without<Reject>(Effects.VoidApprovals, "W10"),
        Lie.Without<Cancel>(Effects.VoidApprovals, "W10"),
        Lie.Without<Expire>(Effects.VoidApprovals, "W10"),
        Lie.Without<Submit>(Effects.OpenApproval, "W10"),
        Lie.Without<Due>(Effects.OpenApproval, "W10"),
        Lie.Without<Recheck>(Effects.OpenApproval, "W10"),
        Lie.Without<Submit>(Effects.MakeApproved, "W9"),
        Lie.Without<Approve>(Effects.Enqueue, "W9"),
        Lie.Without<Due>(Effects.Enqueue, "W9"),
        Lie.Without<Edit>(Effects.Dequeue, "W9"),
        Lie.Without<Reject>(Effects.Dequeue, "W9"),
        Lie.Without<Cancel>(Effects.Dequeue, "W9"),
        Lie.Without<Due>(Effects.Dequeue, "W9"),
        Lie.Without<Recheck>(Effects.Dequeue, "W9"),
        Lie.Without<Recheck>(Effects.FailOpenRecipients, "W8"),
    ];

    private static Lie[] Written<T>(string lineage)
        where T : KernelEvent =>
    [
        Lie.By<T>("SameWorld", "the other world is let in", "W1", a => a with { SameWorld = true }),
        Lie.By<T>("Lineage", "everybody is family", lineage, a => a with { Lineage = Lineage.Same }),
        Lie.By<T>("Kind", "anybody is a person", lineage, a => a with { Kind = PrincipalKind.Human }),
        Lie.By<T>("MaySend", "the scope is ignored", "W3", a => a with { MaySend = true }),
    ];

    private static Lie[] Decided<T>()
        where T : KernelEvent =>
    [
        Lie.By<T>("SameWorld", "the other world is let in", "W1", a => a with { SameWorld = true }),
        Lie.By<T>("Kind", "an agent passes for a person", "W4", a => a with { Kind = Agent(a.Kind) }),
        Lie.By<T>("MayDecide", "the scope is ignored", "W4", a => a with { MayDecide = true }),
        Lie.By<T>("Lineage", "the lineage is always foreign", "W4", a => a with { Lineage = Lineage.Foreign }),
    ];

    private static Lie[] Nodes<T>()
        where T : KernelEvent => [Lie.By<T>("Kind", "anybody is the node", "W2", a => a with { Kind = PrincipalKind.System })];

    private static Lie[] Gated<T>()
        where T : KernelEvent =>
    [
        .. Modes<T>("T1"),
        Lie.Gate<T>("Mode", "read-only is ignored", "W7", g => g with { Mode = Writable(g.Mode) }),
        Lie.Gate<T>("RiskHold", "risk in a gated mode is ignored", "T1", g => g with { RiskHold = false }),
        Lie.Gate<T>("RiskHold", "risk in a free mode is ignored", "W12", g => g with { RiskHold = g.RiskHold && g.Mode == Mode.GatedSend }),
        Lie.Gate<T>("HeldBefore", "held before is forgotten", "T9", g => g with { HeldBefore = false }),
        Lie.Gate<T>("Paused", "the pause is ignored", "W6", g => g with { Paused = false }),
        Lie.Gate<T>("Timing", "missed is ignored", "T10", g => g with { Timing = Missed(g.Timing) }),
        Lie.Gate<T>("Timing", "the future is ignored", "W11", g => g with { Timing = Future(g.Timing) }),
    ];

    private static Lie[] Sent<T>(string release, string held)
        where T : KernelEvent =>
    [
        .. Modes<T>(release),
        Lie.Gate<T>("Mode", "read-only is ignored", typeof(T) == typeof(Recheck) ? "W8" : "W7", g => g with { Mode = Writable(g.Mode) }),
        Lie.Gate<T>("RiskHold", "risk is ignored", release, g => g with { RiskHold = false }),
        Lie.Gate<T>("HeldBefore", "held before is forgotten", held, g => g with { HeldBefore = false }),
        Lie.Gate<T>("Timing", "missed is ignored", typeof(T) == typeof(Recheck) ? "W8" : "T10", g => g with { Timing = Missed(g.Timing) }),
        Lie.Approvals<T>("Given", "one more was given", release, a => a with { Given = a.Given + 1 }),
        Lie.Approvals<T>("Needed", "the number needed is forgotten", release, a => a with { Needed = 0 }),
    ];

    private static Lie[] Modes<T>(string breaks)
        where T : KernelEvent =>
    [
        Lie.Gate<T>("Mode", "gated modes pass for autonomous", breaks, g => g with { Mode = Loose(g.Mode) }),
        Lie.Gate<T>("Tainted", "taint is ignored", breaks, g => g with { Tainted = false }),
        Lie.Gate<T>("AllAllowListed", "an empty allow-list allows all", breaks, g => g with { AllAllowListed = true }),
    ];

    private static Mode Loose(Mode mode) => mode == Mode.ReadOnly ? mode : Mode.Autonomous;

    private static Mode Writable(Mode mode) => mode == Mode.ReadOnly ? Mode.Autonomous : mode;

    private static PrincipalKind Agent(PrincipalKind kind) => kind == PrincipalKind.Agent ? PrincipalKind.Human : kind;

    private static Timing Missed(Timing timing) => timing == Timing.Missed ? Timing.Now : timing;

    private static Timing Future(Timing timing) => timing == Timing.Future ? Timing.Now : timing;
}
