namespace MultiMail.Core.Oversight;

/// <summary>
/// Decides every change of a message's state. Pure and total: it reads no clock, no store and no text, and answers every input.
/// In one event the first row that matches wins; the refusals stand in the order of <see cref="Refusal"/>.
/// </summary>
public static class Kernel
{
    public static KernelAnswer Decide(MessageState state, KernelEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return @event switch
        {
            KernelEvent.Submit e => Submit(state, e),
            KernelEvent.SaveDraft e => SaveDraft(state, e),
            KernelEvent.Edit e => Edit(state, e),
            KernelEvent.HumanEdit e => HumanEdit(state, e),
            KernelEvent.Approve e => Approve(state, e),
            KernelEvent.Reject e => Reject(state, e),
            KernelEvent.RequestChanges e => RequestChanges(state, e),
            KernelEvent.Cancel e => Cancel(state, e),
            KernelEvent.Expire e => Expire(state, e),
            KernelEvent.Due e => Due(state, e),
            KernelEvent.Recheck e => Recheck(state, e),
            KernelEvent.Attempt e => Attempt(state, e),
            KernelEvent.Settle e => Settle(state, e),
            KernelEvent.LateBounce e => LateBounce(state, e),
            KernelEvent.Arrive e => Arrive(state, e),
            KernelEvent.Release e => Release(state, e),
            _ => throw new System.Diagnostics.UnreachableException(), // KernelEvent is closed
        };
    }

    /// <summary>What becomes of a message that is submitted, edited or previewed now: the mode's verdict, then pause and timing.</summary>
    public static Verdict Gate(GateFacts facts) => (Policy(facts), facts.Timing) switch
    {
        _ when facts.Paused => Verdict.Refuse,
        (Verdict.Release, Timing.Future) => Verdict.Schedule,
        (Verdict.Release, Timing.Missed) => Verdict.Hold,
        (var verdict, _) => verdict,
    };

    /// <summary>The mode's verdict, timing and pause aside: refuse, hold or release.</summary>
    internal static Verdict Policy(GateFacts facts) => facts.Mode switch
    {
        Mode.ReadOnly => Verdict.Refuse,
        _ when facts.Canary => Verdict.Hold,
        _ when facts.HeldBefore => Verdict.Hold, // held once, a person decides it, whatever the mode became
        _ when facts.RiskHold => Verdict.Hold,
        Mode.GatedSend when facts is { AllAllowListed: true, Tainted: false } => Verdict.Release,
        Mode.Monitored or Mode.Autonomous => Verdict.Release,
        _ => Verdict.Hold,
    };

    // None by whoever may send; Draft only by its own lineage or a person, and nobody else learns of it.
    private static KernelAnswer Submit(MessageState state, KernelEvent.Submit e) => state switch
    {
        _ when !e.By.SameWorld => No(Refusal.NotFound),
        not MessageState.None when !OwnerOrPerson(e.By) => No(Refusal.NotFound),
        _ when !e.By.MaySend => No(Refusal.ScopeMissing),
        MessageState.None or MessageState.Draft => Gated(e.Gate, Effects.None),
        _ => No(Refusal.AlreadyDecided),
    };

    private static KernelAnswer SaveDraft(MessageState state, KernelEvent.SaveDraft e) => state switch
    {
        _ when !e.By.SameWorld || !OwnerOrPerson(e.By) => No(Refusal.NotFound),
        _ when !e.By.MaySend => No(Refusal.ScopeMissing),
        MessageState.None or MessageState.Draft => To(MessageState.Draft, Leaf.DraftSaved),
        _ => No(Refusal.AlreadyDecided),
    };

    // A draft stays a draft; what was submitted is gated anew, and nobody's approval survives.
    private static KernelAnswer Edit(MessageState state, KernelEvent.Edit e) => state switch
    {
        _ when !e.By.SameWorld || !OwnerOrPerson(e.By) => No(Refusal.NotFound),
        _ when !e.By.MaySend => No(Refusal.ScopeMissing),
        MessageState.None or MessageState.Draft => To(MessageState.Draft, Leaf.DraftSaved),
        MessageState.Pending or MessageState.Scheduled or MessageState.Queued =>
            Gated(e.Gate, Effects.VoidApprovals | Effects.Dequeue),
        MessageState.Sending => No(Refusal.TooLate),
        _ => No(Refusal.AlreadyDecided),
    };

    private static KernelAnswer HumanEdit(MessageState state, KernelEvent.HumanEdit e) => state switch
    {
        _ when !e.By.SameWorld => No(Refusal.NotFound),
        _ when !Person(e.By) => No(Refusal.ScopeMissing),
        MessageState.Pending => To(MessageState.Pending, Leaf.Edited, Effects.VoidApprovals),
        _ => No(Refusal.AlreadyDecided),
    };

    // The editor is never one of two. Should two be asked for after the editor approved, the caller no longer counts that approval as given.
    private static KernelAnswer Approve(MessageState state, KernelEvent.Approve e) => state switch
    {
        _ when !e.By.SameWorld => No(Refusal.NotFound),
        _ when !Decider(e.By) => No(Refusal.ScopeMissing),
        _ when e.By.Lineage == Lineage.Same || e.StandingApprovalByOwner => No(Refusal.SelfApprovalForbidden),
        _ when e is { EditedByOwner: true, Approvals.Needed: >= 2 } => No(Refusal.SelfApprovalForbidden),
        not MessageState.Pending => No(Refusal.AlreadyDecided),
        _ when e.Timing == Timing.Missed => No(Refusal.TooLate),
        _ when e.PastExpiry => No(Refusal.RequestExpired),
        _ when !e.DigestCurrent => No(Refusal.DigestMismatch),
        _ when e.Canary => To(MessageState.Discarded, Leaf.Approved, Effects.VoidApprovals), // one who did not look is enough to know
        _ when !WithThisOne(e.Approvals).Enough => To(MessageState.Pending, Leaf.Approved),
        _ when e.Timing == Timing.Future => To(MessageState.Scheduled, Leaf.Approved, Effects.MakeApproved | Effects.Enqueue),
        _ => To(MessageState.Queued, Leaf.Approved, Effects.MakeApproved | Effects.Enqueue),
    };

    // A person can take an approval back until the first attempt. Stopping needs no digest; taking inbound mail out of sight does.
    private static KernelAnswer Reject(MessageState state, KernelEvent.Reject e) => state switch
    {
        _ when !e.By.SameWorld => No(Refusal.NotFound),
        _ when !Decider(e.By) => No(Refusal.ScopeMissing),
        _ when e.By.Lineage == Lineage.Same => No(Refusal.SelfApprovalForbidden),
        MessageState.Pending or MessageState.Scheduled or MessageState.Queued =>
            To(MessageState.Rejected, Leaf.Rejected, Effects.VoidApprovals | Effects.Dequeue),
        not MessageState.Held => No(Refusal.AlreadyDecided),
        _ when !e.DigestCurrent => No(Refusal.DigestMismatch),
        _ => To(MessageState.Quarantined, Leaf.InboundQuarantined),
    };

    private static KernelAnswer RequestChanges(MessageState state, KernelEvent.RequestChanges e) => state switch
    {
        _ when !e.By.SameWorld => No(Refusal.NotFound),
        _ when !Decider(e.By) => No(Refusal.ScopeMissing),
        _ when e.By.Lineage == Lineage.Same => No(Refusal.SelfApprovalForbidden),
        MessageState.Pending => To(MessageState.Draft, Leaf.ChangesRequested, Effects.VoidApprovals),
        _ => No(Refusal.AlreadyDecided),
    };

    private static KernelAnswer Cancel(MessageState state, KernelEvent.Cancel e) => state switch
    {
        _ when !e.By.SameWorld || !OwnerOrPerson(e.By) => No(Refusal.NotFound),
        _ when !e.By.MaySend => No(Refusal.ScopeMissing),
        MessageState.Draft or MessageState.Pending or MessageState.Scheduled or MessageState.Queued =>
            To(MessageState.Cancelled, Leaf.Cancelled, Effects.VoidApprovals | Effects.Dequeue),
        MessageState.Sending => No(Refusal.TooLate),
        _ => No(Refusal.AlreadyDecided),
    };

    private static KernelAnswer Expire(MessageState state, KernelEvent.Expire e) => state switch
    {
        _ when !Node(e.By) => No(Refusal.ScopeMissing),
        not MessageState.Pending => No(Refusal.AlreadyDecided),
        _ when !e.PastExpiry => No(Refusal.NotDue),
        _ => To(MessageState.Expired, Leaf.Expired, Effects.VoidApprovals),
    };

    private static KernelAnswer Due(MessageState state, KernelEvent.Due e) => state switch
    {
        _ when !Node(e.By) => No(Refusal.ScopeMissing),
        not MessageState.Scheduled => NothingFor(state),
        _ when Policy(e.Gate) == Verdict.Refuse => To(MessageState.Failed, Leaf.Failed, Effects.Dequeue),
        _ when e.Gate.Timing == Timing.Missed => Reopened(Effects.VoidApprovals),
        _ when e.Gate.Timing == Timing.Future => No(Refusal.NotDue),
        _ when MayGo(e.Gate, e.Approvals) => To(MessageState.Queued, Leaf.SendDue, Effects.MakeApproved | Effects.Enqueue),
        _ => Reopened(Effects.None), // the mode was tightened or more approvals are needed; the bytes are the same
    };

    private static KernelAnswer Recheck(MessageState state, KernelEvent.Recheck e) => state switch
    {
        _ when !Node(e.By) => No(Refusal.ScopeMissing),
        MessageState.Queued when Broken(e) => To(MessageState.Failed, Leaf.Failed, Effects.Dequeue),
        MessageState.Queued when e.Gate.Timing == Timing.Missed => Reopened(Effects.VoidApprovals),
        MessageState.Queued when !MayGo(e.Gate, e.Approvals) => Reopened(Effects.None),

        // A recipient may have it already, so it never goes back to a person: whoever is still open fails.
        MessageState.Sending when Broken(e) || !MayGo(e.Gate, e.Approvals) =>
            To(MessageState.Sending, Leaf.Failed, Effects.FailOpenRecipients | Effects.Dequeue),
        _ => NothingFor(state),
    };

    private static KernelAnswer Attempt(MessageState state, KernelEvent.Attempt e) => state switch
    {
        _ when !Node(e.By) => No(Refusal.ScopeMissing),
        not (MessageState.Queued or MessageState.Sending) => NothingFor(state),
        _ when !e.DigestCurrent => No(Refusal.DigestMismatch),
        _ when e.Gate.Mode == Mode.ReadOnly => No(Refusal.ModeReadOnly),
        MessageState.Queued when e.World == World.Test && !RecheckMoves(state, e) => To(MessageState.Discarded, Leaf.Discarded),
        _ when e.Gate.Paused => No(Refusal.Paused),
        _ when e.World != World.Live || e.Gate.Canary || e.Gate.Timing == Timing.Future || RecheckMoves(state, e) => No(Refusal.NotDue),
        _ => To(MessageState.Sending, Leaf.Attempted),
    };

    private static KernelAnswer Settle(MessageState state, KernelEvent.Settle e) => state switch
    {
        _ when !Node(e.By) => No(Refusal.ScopeMissing),
        not MessageState.Sending => NothingFor(state),
        _ => To(After(e.Outcome), LeafOf(e.Result)),
    };

    private static KernelAnswer LateBounce(MessageState state, KernelEvent.LateBounce e) => state switch
    {
        _ when !Node(e.By) => No(Refusal.ScopeMissing),
        MessageState.Delivered => To(MessageState.Bounced, Leaf.Bounced),
        _ => NothingFor(state),
    };

    private static KernelAnswer Arrive(MessageState state, KernelEvent.Arrive e) => state switch
    {
        _ when !Node(e.By) => No(Refusal.ScopeMissing),
        not MessageState.None => NothingFor(state),
        _ when e.Quarantine => To(MessageState.Quarantined, Leaf.InboundQuarantined),
        _ when e.Mode == Mode.GatedAll => To(MessageState.Held, Leaf.InboundHeld),
        _ => To(MessageState.Received, Leaf.InboundReceived),
    };

    private static KernelAnswer Release(MessageState state, KernelEvent.Release e) => state switch
    {
        _ when !e.By.SameWorld => No(Refusal.NotFound),
        _ when !Decider(e.By) => No(Refusal.ScopeMissing),
        _ when e.By.Lineage == Lineage.Same => No(Refusal.SelfApprovalForbidden),
        not MessageState.Held => No(Refusal.AlreadyDecided),
        _ when !e.DigestCurrent => No(Refusal.DigestMismatch),
        _ => To(MessageState.Received, Leaf.InboundReleased),
    };

    private static KernelAnswer Gated(GateFacts facts, Effects first) => Gate(facts) switch
    {
        Verdict.Hold => To(MessageState.Pending, Leaf.SendHeld, first | Effects.OpenApproval),
        Verdict.Schedule => To(MessageState.Scheduled, Leaf.SendScheduled, first | Effects.MakeApproved | Effects.Enqueue),
        Verdict.Release => To(MessageState.Queued, Leaf.SendReleased, first | Effects.MakeApproved | Effects.Enqueue),
        _ => No(facts.Mode == Mode.ReadOnly ? Refusal.ModeReadOnly : Refusal.Paused),
    };

    private static Moved Reopened(Effects approvals) =>
        To(MessageState.Pending, Leaf.SendHeld, approvals | Effects.OpenApproval | Effects.Dequeue);

    private static bool Person(Actor by) => by.Kind == PrincipalKind.Human;

    private static bool OwnerOrPerson(Actor by) => by.Lineage == Lineage.Same || Person(by);

    // An agent's key never carries the oversight scope; should one claim it, its word counts for nothing here.
    private static bool Decider(Actor by) =>
        by is { Kind: PrincipalKind.Reviewer or PrincipalKind.Operator or PrincipalKind.Human, MayDecide: true };

    private static bool Node(Actor by) => by.Kind == PrincipalKind.System;

    private static Approvals WithThisOne(Approvals approvals) => approvals with { Given = approvals.Given + 1 };

    // Timing aside: a retry is often more than 15 minutes past its send_at.
    private static bool MayGo(GateFacts facts, Approvals approvals) => !facts.Canary && (approvals.Enough || Policy(facts) == Verdict.Release);

    private static bool Broken(KernelEvent.Recheck e) => !e.DigestCurrent || e.Blocked || e.Gate.Mode == Mode.ReadOnly;

    private static bool RecheckMoves(MessageState state, KernelEvent.Attempt e) =>
        Recheck(state, new KernelEvent.Recheck(e.By, e.Gate, e.Approvals, e.DigestCurrent, e.Blocked)) is Moved;

    private static MessageState After(Outcome outcome) => outcome switch
    {
        Outcome.AllDelivered => MessageState.Delivered,
        Outcome.AnyBounced => MessageState.Bounced,
        Outcome.AnyFailed => MessageState.Failed,
        _ => MessageState.Sending,
    };

    private static Leaf LeafOf(RecipientResult result) => result switch
    {
        RecipientResult.Accepted => Leaf.Accepted,
        RecipientResult.Deferred => Leaf.Deferred,
        RecipientResult.Bounced => Leaf.Bounced,
        RecipientResult.Failed => Leaf.Failed,
        _ => Leaf.UnknownOutcome,
    };

    private static bool Terminal(MessageState state) => state
        is MessageState.Delivered or MessageState.Bounced or MessageState.Failed or MessageState.Rejected
        or MessageState.Cancelled or MessageState.Expired or MessageState.Discarded;

    private static Refused NothingFor(MessageState state) => No(Terminal(state) ? Refusal.AlreadyDecided : Refusal.NotDue);

    private static Moved To(MessageState state, Leaf leaf, Effects effects = Effects.None) => new(state, leaf, effects);

    private static Refused No(Refusal why) => new(why);
}
