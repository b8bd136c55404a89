using MultiMail.Core.Oversight;
using static MultiMail.Core.Oversight.Effects;
using static MultiMail.Core.Oversight.MessageState;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>The rows of the transition table, one after the other, as a person reads them.</summary>
public sealed class TransitionTableTests
{
    private static readonly Actor Agent = new(PrincipalKind.Agent, Lineage.Same, MaySend: true, MayDecide: false, SameWorld: true);
    private static readonly Actor Reviewer = new(PrincipalKind.Reviewer, Lineage.Foreign, MaySend: false, MayDecide: true, SameWorld: true);
    private static readonly Actor Person = new(PrincipalKind.Human, Lineage.Foreign, MaySend: true, MayDecide: true, SameWorld: true);
    private static readonly Actor Node = Actor.System;

    private static readonly GateFacts Gated =
        new(Mode.GatedSend, RiskHold: false, Tainted: false, AllAllowListed: false, HeldBefore: false, Paused: false, Timing.Now);

    private static readonly GateFacts Listed = Gated with { AllAllowListed = true };
    private static readonly GateFacts Free = Gated with { Mode = Mode.Autonomous };
    private static readonly GateFacts Held = Gated with { HeldBefore = true };
    private static readonly Approvals NoneGiven = new(0, 1);
    private static readonly Approvals OneGiven = new(1, 1);

    private static readonly KernelEvent.Approve Approval =
        new(Reviewer, DigestCurrent: true, Timing.Now, PastExpiry: false, StandingApprovalByOwner: false, EditedByOwner: false, NoneGiven);

    private static readonly (string What, MessageState From, KernelEvent Event, MessageState To, Leaf Leaf, Effects Effects)[] Table =
    [
        ("A gated mailbox holds the first send", MessageState.None, new KernelEvent.Submit(Agent, Gated), Pending, Leaf.SendHeld, OpenApproval),
        ("An allow-listed send goes by itself", MessageState.None, new KernelEvent.Submit(Agent, Listed), Queued, Leaf.SendReleased, MakeApproved | Enqueue),
        ("A free send waits for its time", MessageState.None, new KernelEvent.Submit(Agent, Free with { Timing = Timing.Future }), Scheduled, Leaf.SendScheduled, MakeApproved | Enqueue),
        ("A send in the past is held", MessageState.None, new KernelEvent.Submit(Agent, Free with { Timing = Timing.Missed }), Pending, Leaf.SendHeld, OpenApproval),
        ("A draft is submitted by its author", Draft, new KernelEvent.Submit(Agent, Gated), Pending, Leaf.SendHeld, OpenApproval),
        ("A person submits anybody's draft", Draft, new KernelEvent.Submit(Person, Gated), Pending, Leaf.SendHeld, OpenApproval),
        ("A draft is saved", MessageState.None, new KernelEvent.SaveDraft(Agent), Draft, Leaf.DraftSaved, Effects.None),
        ("An edited draft is a draft", Draft, new KernelEvent.Edit(Agent, Gated), Draft, Leaf.DraftSaved, Effects.None),
        ("An edit of held mail is held again", Pending, new KernelEvent.Edit(Agent, Held), Pending, Leaf.SendHeld, VoidApprovals | Dequeue | OpenApproval),
        ("An edit of queued mail is gated anew", Queued, new KernelEvent.Edit(Agent, Gated), Pending, Leaf.SendHeld, VoidApprovals | Dequeue | OpenApproval),
        ("An edit of free mail goes on", Queued, new KernelEvent.Edit(Agent, Free), Queued, Leaf.SendReleased, VoidApprovals | Dequeue | MakeApproved | Enqueue),
        ("A person freezes a revision", Pending, new KernelEvent.HumanEdit(Person), Pending, Leaf.Edited, VoidApprovals),
        ("One approval is enough", Pending, Approval, Queued, Leaf.Approved, MakeApproved | Enqueue),
        ("Zero needed counts as one", Pending, Approval with { Approvals = new(0, 0) }, Queued, Leaf.Approved, MakeApproved | Enqueue),
        ("An approval in advance", Pending, Approval with { Timing = Timing.Future }, Scheduled, Leaf.Approved, MakeApproved | Enqueue),
        ("The first of two", Pending, Approval with { Approvals = new(0, 2) }, Pending, Leaf.Approved, Effects.None),
        ("The second of two", Pending, Approval with { Approvals = new(1, 2) }, Queued, Leaf.Approved, MakeApproved | Enqueue),
        ("An editor approves alone", Pending, Approval with { By = Person, EditedByOwner = true }, Queued, Leaf.Approved, MakeApproved | Enqueue),
        ("A reject", Pending, new KernelEvent.Reject(Reviewer, DigestCurrent: false), Rejected, Leaf.Rejected, VoidApprovals | Dequeue),
        ("An approval is taken back", Queued, new KernelEvent.Reject(Reviewer, DigestCurrent: true), Rejected, Leaf.Rejected, VoidApprovals | Dequeue),
        ("Changes are asked for", Pending, new KernelEvent.RequestChanges(Reviewer, DigestCurrent: true), Draft, Leaf.ChangesRequested, VoidApprovals),
        ("The author cancels", Scheduled, new KernelEvent.Cancel(Agent), Cancelled, Leaf.Cancelled, VoidApprovals | Dequeue),
        ("Nobody decided in time", Pending, new KernelEvent.Expire(Node, PastExpiry: true), Expired, Leaf.Expired, VoidApprovals),
        ("Due in read-only", Scheduled, new KernelEvent.Due(Node, Gated with { Mode = Mode.ReadOnly }, OneGiven), Failed, Leaf.Failed, Dequeue),
        ("Due too late", Scheduled, new KernelEvent.Due(Node, Held with { Timing = Timing.Missed }, OneGiven), Pending, Leaf.SendHeld, VoidApprovals | OpenApproval | Dequeue),
        ("Due and approved", Scheduled, new KernelEvent.Due(Node, Held, OneGiven), Queued, Leaf.SendDue, MakeApproved | Enqueue),
        ("Due and still free", Scheduled, new KernelEvent.Due(Node, Free, NoneGiven), Queued, Leaf.SendDue, MakeApproved | Enqueue),
        ("Due after the mode was tightened", Scheduled, new KernelEvent.Due(Node, Gated, NoneGiven), Pending, Leaf.SendHeld, OpenApproval | Dequeue),
        ("Rotten bytes in the outbox", Queued, new KernelEvent.Recheck(Node, Free, OneGiven, DigestCurrent: false, Blocked: false), Failed, Leaf.Failed, Dequeue),
        ("A key revoked before the attempt", Queued, new KernelEvent.Recheck(Node, Free, OneGiven, DigestCurrent: true, Blocked: true), Failed, Leaf.Failed, Dequeue),
        ("Queued too long", Queued, new KernelEvent.Recheck(Node, Free with { Timing = Timing.Missed }, OneGiven, DigestCurrent: true, Blocked: false), Pending, Leaf.SendHeld, VoidApprovals | OpenApproval | Dequeue),
        ("The mode was tightened while queued", Queued, new KernelEvent.Recheck(Node, Gated, NoneGiven, DigestCurrent: true, Blocked: false), Pending, Leaf.SendHeld, OpenApproval | Dequeue),
        ("The mode was tightened under way", Sending, new KernelEvent.Recheck(Node, Gated, NoneGiven, DigestCurrent: true, Blocked: false), Sending, Leaf.Failed, FailOpenRecipients | Dequeue),
        ("The first attempt", Queued, Attempt(World.Live, Held, OneGiven), Sending, Leaf.Attempted, Effects.None),
        ("A late retry", Sending, Attempt(World.Live, Held with { Timing = Timing.Missed }, OneGiven), Sending, Leaf.Attempted, Effects.None),
        ("A test message", Queued, Attempt(World.Test, Free, NoneGiven), Discarded, Leaf.Discarded, Effects.None),
        ("One recipient of two", Sending, new KernelEvent.Settle(Node, RecipientResult.Accepted, Outcome.Open), Sending, Leaf.Accepted, Effects.None),
        ("The last recipient", Sending, new KernelEvent.Settle(Node, RecipientResult.Accepted, Outcome.AllDelivered), Delivered, Leaf.Accepted, Effects.None),
        ("A connection lost after the dot", Sending, new KernelEvent.Settle(Node, RecipientResult.Unknown, Outcome.Open), Sending, Leaf.UnknownOutcome, Effects.None),
        ("A refusal for good", Sending, new KernelEvent.Settle(Node, RecipientResult.Bounced, Outcome.AnyBounced), Bounced, Leaf.Bounced, Effects.None),
        ("A bounce after delivery", Delivered, new KernelEvent.LateBounce(Node), Bounced, Leaf.Bounced, Effects.None),
        ("Mail arrives", MessageState.None, new KernelEvent.Arrive(Node, Mode.GatedSend, Quarantine: false), Received, Leaf.InboundReceived, Effects.None),
        ("Mail arrives in gated_all", MessageState.None, new KernelEvent.Arrive(Node, Mode.GatedAll, Quarantine: false), MessageState.Held, Leaf.InboundHeld, Effects.None),
        ("A rule keeps mail out", MessageState.None, new KernelEvent.Arrive(Node, Mode.GatedAll, Quarantine: true), Quarantined, Leaf.InboundQuarantined, Effects.None),
        ("Held mail is let through", MessageState.Held, new KernelEvent.Release(Reviewer, DigestCurrent: true), Received, Leaf.InboundReleased, Effects.None),
        ("Held mail is kept out", MessageState.Held, new KernelEvent.Reject(Reviewer, DigestCurrent: true), Quarantined, Leaf.InboundQuarantined, Effects.None),
    ];

    public static TheoryData<int, string> Rows => [.. Table.Select((row, i) => (i, row.What))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_row_moves_as_the_table_says(int index, string what)
    {
        var row = Table[index];
        var moved = Assert.IsType<Moved>(Kernel.Decide(row.From, row.Event));
        Assert.True((moved.To, moved.Leaf, moved.Effects) == (row.To, row.Leaf, row.Effects), $"{what}: {moved}");
    }

    [Theory]
    [InlineData(Mode.ReadOnly, false, false, true, Verdict.Refuse)]
    [InlineData(Mode.GatedAll, false, false, true, Verdict.Hold)]
    [InlineData(Mode.GatedSend, false, false, false, Verdict.Hold)]
    [InlineData(Mode.GatedSend, false, false, true, Verdict.Release)]
    [InlineData(Mode.GatedSend, true, false, true, Verdict.Hold)]
    [InlineData(Mode.GatedSend, false, true, true, Verdict.Hold)]
    [InlineData(Mode.Monitored, false, false, false, Verdict.Release)]
    [InlineData(Mode.Monitored, true, false, true, Verdict.Hold)]
    [InlineData(Mode.Autonomous, false, true, false, Verdict.Release)] // taint that matters arrives as a risk
    [InlineData(Mode.Autonomous, true, true, true, Verdict.Hold)]
    public void The_gate_says(Mode mode, bool risk, bool tainted, bool listed, Verdict verdict)
    {
        var facts = new GateFacts(mode, risk, tainted, listed, HeldBefore: false, Paused: false, Timing.Now);
        Assert.Equal(verdict, Kernel.Gate(facts));
        Assert.Equal(verdict == Verdict.Refuse ? Verdict.Refuse : Verdict.Hold, Kernel.Gate(facts with { HeldBefore = true }));
        Assert.Equal(verdict == Verdict.Release ? Verdict.Schedule : verdict, Kernel.Gate(facts with { Timing = Timing.Future }));
        Assert.Equal(verdict == Verdict.Release ? Verdict.Hold : verdict, Kernel.Gate(facts with { Timing = Timing.Missed }));
        Assert.Equal(Verdict.Refuse, Kernel.Gate(facts with { Paused = true }));
        Assert.Equal(verdict, Kernel.Policy(facts with { Paused = true, Timing = Timing.Missed }));
    }

    private static KernelEvent.Attempt Attempt(World world, GateFacts gate, Approvals approvals) =>
        new(Node, world, gate, approvals, DigestCurrent: true, Blocked: false);
}
