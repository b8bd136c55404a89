using System.Diagnostics;
using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>
/// What must hold of every transition, written from the sentences and not from the kernel. T3 speaks of modes and stands with
/// <see cref="ModeChangeTests"/>; the W rules are what the table says beside the theorems.
/// </summary>
internal static class Theorems
{
    public static readonly Theorem[] All =
    [
        new("T1", NoRelease_without_approvals_in_a_gated_mode),
        new("T2", NoApproval_survives_an_edit),
        new("T4", NoTest_message_is_sent),
        new("T5", Terminal_is_final),
        new("T6", Sending_is_entered_from_queued_and_left_for_an_end),
        new("T7", The_leaf_fits),
        new("T8", Attempts_are_allowed_on_their_own_facts),
        new("T9", Held_once_only_a_person_lets_it_go),
        new("T10", Missed_is_not_attempted_first),
        new("T11", Drafts_belong_to_their_lineage),
        new("T12", NoCanary_is_scheduled_queued_or_sending),
        new("W1", Nobody_acts_in_another_world),
        new("W2", Only_the_node_works_for_the_node),
        new("W3", Without_send_nothing_is_written),
        new("W4", Only_foreign_deciders_decide),
        new("W5", Expiry_ends_the_decision),
        new("W6", Paused_sends_nothing),
        new("W7", Read_only_sends_nothing),
        new("W8", Recheck_leaves_nothing_that_may_not_go),
        new("W9", The_outbox_follows_the_state),
        new("W10", The_approval_follows_the_state),
        new("W11", Time_decides_between_scheduled_and_queued),
        new("W12", The_gate_releases_what_its_mode_says),
        new("W13", Inbound_mail_lands_where_the_rules_say),
        new("W14", Recipients_decide_the_outcome),
        new("W15", step => step.Answer is Refused refused ? refused.Why == Refusals.First(step.From, step.Event) : null),
        new("W16", What_may_go_goes),
        new("W17", An_approved_canary_is_over),
    ];

    public static Theorem Named(string id) => All.Single(t => t.Id == id);

    private static bool? NoRelease_without_approvals_in_a_gated_mode(Step step) => step switch
    {
        { Event: KernelEvent.Approve e, To: MessageState.Pending } => IsCounted(e),
        { Event: KernelEvent.Approve e, To: MessageState.Scheduled or MessageState.Queued } =>
            IsCounted(e) && e.Approvals.Given + 1 >= Math.Max(1, e.Approvals.Needed),
        { Event: KernelEvent.Submit or KernelEvent.Edit, To: MessageState.Scheduled or MessageState.Queued, Gate: { } g } when IsGated(g.Mode) =>
            IsExcepted(g),
        { Event: KernelEvent.Due e, To: MessageState.Queued } when IsGated(e.Gate.Mode) => IsApproved(e.Approvals) || IsExcepted(e.Gate),
        { Event: KernelEvent.Attempt e, To: MessageState.Sending } when IsGated(e.Gate.Mode) =>
            e.DigestCurrent && (IsApproved(e.Approvals) || IsExcepted(e.Gate)),
        { Event: KernelEvent.Submit or KernelEvent.Edit or KernelEvent.Due or KernelEvent.Attempt } => null,
        { To: MessageState.Scheduled or MessageState.Queued or MessageState.Sending } => step.From == step.To,
        _ => null,
    };

    private static bool? NoApproval_survives_an_edit(Step step) => step switch
    {
        { Event: KernelEvent.Edit or KernelEvent.HumanEdit, Moved: { }, From: not (MessageState.None or MessageState.Draft) } =>
            step.Does(Effects.VoidApprovals),
        { Event: KernelEvent.RequestChanges, Moved: { } } => step.Does(Effects.VoidApprovals), // so that a draft never carries one
        _ => null,
    };

    private static bool? NoTest_message_is_sent(Step step) => step switch
    {
        { Event: KernelEvent.Attempt { World: World.Test } } => step.To is not MessageState.Sending,
        _ => null,
    };

    private static bool? Terminal_is_final(Step step) => step switch
    {
        { From: MessageState.Delivered, Event: KernelEvent.LateBounce } => step.To is null or MessageState.Bounced,
        { From: var from } when IsTerminal(from) || from is MessageState.Received or MessageState.Quarantined => step.Moved is null,
        _ => null,
    };

    private static bool? Sending_is_entered_from_queued_and_left_for_an_end(Step step) => step switch
    {
        { From: MessageState.Sending, To: { } to } =>
            to is MessageState.Sending or MessageState.Delivered or MessageState.Bounced or MessageState.Failed,
        { To: MessageState.Sending } => step is { From: MessageState.Queued, Event: KernelEvent.Attempt },
        _ => null,
    };

    private static bool? The_leaf_fits(Step step) =>
        step.Moved is { } moved ? Enum.IsDefined(moved.Leaf) && moved.Leaf == LeafOf(step.From, step.Event, moved.To) : null;

    private static bool? Attempts_are_allowed_on_their_own_facts(Step step) => step switch
    {
        { Event: KernelEvent.Attempt e, Moved: { } } =>
            e is { DigestCurrent: true, Blocked: false } && e.Gate.Mode != Mode.ReadOnly && (IsApproved(e.Approvals) || IsReleased(e.Gate)),
        _ => null,
    };

    private static bool? Held_once_only_a_person_lets_it_go(Step step) => step switch
    {
        { Event: KernelEvent.Submit or KernelEvent.Edit, Gate.HeldBefore: true } => step.To is null or MessageState.Draft or MessageState.Pending,
        { Event: KernelEvent.Due { Gate.HeldBefore: true } e, To: MessageState.Queued } => IsApproved(e.Approvals),
        { Event: KernelEvent.Attempt { Gate.HeldBefore: true } e, Moved: { } } => IsApproved(e.Approvals),
        { From: MessageState.Held, Event: KernelEvent.Release { DigestCurrent: true } or KernelEvent.Reject { DigestCurrent: true } } =>
            step.Moved is null || IsForeignDecider(step.By),
        { From: MessageState.Held } => step.Moved is null,
        _ => null,
    };

    private static bool? Missed_is_not_attempted_first(Step step) => step switch
    {
        { Event: KernelEvent.Approve { Timing: Timing.Missed } } => step.Moved is null,
        { From: MessageState.Queued, Event: KernelEvent.Attempt { Gate.Timing: Timing.Missed } } => step.Moved is null,
        { Gate.Timing: Timing.Missed, From: not MessageState.Sending } => step.To is not (MessageState.Queued or MessageState.Scheduled or MessageState.Sending),
        _ => null,
    };

    private static bool? Drafts_belong_to_their_lineage(Step step) => step switch
    {
        { From: MessageState.Draft, Event: KernelEvent.Submit, Moved: { } } => IsOwnOrPerson(step.By),
        { Event: KernelEvent.SaveDraft or KernelEvent.Edit or KernelEvent.Cancel, Moved: { } } => IsOwnOrPerson(step.By),
        { Event: KernelEvent.HumanEdit, Moved: { } } => step.By.Kind == PrincipalKind.Human,
        _ => null,
    };

    private static bool? NoCanary_is_scheduled_queued_or_sending(Step step) => step switch
    {
        { Event: KernelEvent.Attempt { Gate.Canary: true } } => step.Moved is null,
        { Gate.Canary: true } or { Event: KernelEvent.Approve { Canary: true } } =>
            !step.Does(Effects.MakeApproved) && (step.From == step.To || step.To is not (MessageState.Scheduled or MessageState.Queued or MessageState.Sending)),
        _ => null,
    };

    private static bool? An_approved_canary_is_over(Step step) => step switch
    {
        { Event: KernelEvent.Approve { Canary: true }, Moved: { } } => step.To is MessageState.Discarded,
        { Event: KernelEvent.Approve { Canary: false } } => step.To is not MessageState.Discarded,
        _ => null,
    };

    private static bool? Nobody_acts_in_another_world(Step step) =>
        IsNodes(step.Event) || step.By.SameWorld ? null : step.Answer is Refused { Why: Refusal.NotFound };

    private static bool? Only_the_node_works_for_the_node(Step step) =>
        IsNodes(step.Event) && step.By.Kind != PrincipalKind.System ? step.Answer is Refused { Why: Refusal.ScopeMissing } : null;

    private static bool? Without_send_nothing_is_written(Step step) => step switch
    {
        { Event: KernelEvent.Submit or KernelEvent.SaveDraft or KernelEvent.Edit or KernelEvent.Cancel, By.MaySend: false } => step.Moved is null,
        _ => null,
    };

    private static bool? Only_foreign_deciders_decide(Step step) => step switch
    {
        { Event: KernelEvent.Approve or KernelEvent.Reject or KernelEvent.RequestChanges or KernelEvent.Release, Moved: { } } =>
            IsForeignDecider(step.By),
        _ => null,
    };

    private static bool? Expiry_ends_the_decision(Step step) => step switch
    {
        { Event: KernelEvent.Approve { PastExpiry: true } } => step.Moved is null,
        { Event: KernelEvent.Expire { PastExpiry: false } } => step.Moved is null,
        _ => null,
    };

    private static bool? Paused_sends_nothing(Step step) => step switch
    {
        { Event: KernelEvent.Submit or KernelEvent.Edit, Gate.Paused: true } => step.To is null or MessageState.Draft,
        { Event: KernelEvent.Attempt, Gate.Paused: true } => step.To is null or MessageState.Discarded,
        _ => null,
    };

    private static bool? Read_only_sends_nothing(Step step) => step switch
    {
        { Event: KernelEvent.Submit or KernelEvent.Edit, Gate.Mode: Mode.ReadOnly } => step.To is null or MessageState.Draft,
        { Event: KernelEvent.Due, Gate.Mode: Mode.ReadOnly } => step.To is null or MessageState.Failed,
        { Event: KernelEvent.Attempt, Gate.Mode: Mode.ReadOnly } => step.Moved is null,
        _ => null,
    };

    private static bool? Recheck_leaves_nothing_that_may_not_go(Step step) => step switch
    {
        { Event: KernelEvent.Recheck e, From: MessageState.Queued } when e.By.Kind == PrincipalKind.System => step.To == AfterRecheck(e),
        { Event: KernelEvent.Recheck e, From: MessageState.Sending } when e.By.Kind == PrincipalKind.System =>
            step.Does(Effects.FailOpenRecipients) == (IsBroken(e) || !MayGo(e.Approvals, e.Gate)),
        _ => null,
    };

    private static bool? The_outbox_follows_the_state(Step step) => step.Moved is not { } moved ? null : moved.To switch
    {
        MessageState.Scheduled or MessageState.Queued => step.Does(Effects.MakeApproved | Effects.Enqueue),
        _ when step.Does(Effects.MakeApproved) || step.Does(Effects.Enqueue) => false,
        MessageState.Sending => step.Does(Effects.Dequeue) == step.Event is KernelEvent.Recheck,
        MessageState.Discarded => true, // the delivery that attempted it holds the job
        _ when step.From is MessageState.Scheduled or MessageState.Queued => step.Does(Effects.Dequeue),
        _ => null,
    };

    private static bool? The_approval_follows_the_state(Step step) => step.Moved is not { } moved ? null : (step.From, moved.To) switch
    {
        (MessageState.Pending, MessageState.Pending) when step.Event is not KernelEvent.Edit => !step.Does(Effects.OpenApproval),
        (_, MessageState.Pending) => step.Does(Effects.OpenApproval),
        _ when step.Does(Effects.OpenApproval) => false,
        (MessageState.Pending, MessageState.Scheduled or MessageState.Queued) => step.Does(Effects.VoidApprovals) == step.Event is KernelEvent.Edit,
        (MessageState.Pending, _) => step.Does(Effects.VoidApprovals),
        _ => null,
    };

    private static bool? Time_decides_between_scheduled_and_queued(Step step)
    {
        var timing = step.Event is KernelEvent.Approve e ? e.Timing : step.Gate?.Timing;
        return step.To switch
        {
            MessageState.Scheduled => timing == Timing.Future,
            MessageState.Queued => timing == Timing.Now,
            MessageState.Sending when step.Event is KernelEvent.Attempt => timing != Timing.Future,
            _ => null,
        };
    }

    private static bool? The_gate_releases_what_its_mode_says(Step step) => step switch
    {
        { Event: KernelEvent.Submit or KernelEvent.Edit, Gate: { } gate, To: { } to } when to != MessageState.Draft =>
            (to != MessageState.Pending) == (IsReleased(gate) && gate.Timing != Timing.Missed),
        { Event: KernelEvent.Due e, To: { } to } when to != MessageState.Failed && e.Gate.Timing == Timing.Now =>
            (to == MessageState.Queued) == MayGo(e.Approvals, e.Gate),
        _ => null,
    };

    private static bool? Inbound_mail_lands_where_the_rules_say(Step step) => step switch
    {
        { Event: KernelEvent.Arrive e, To: { } to } =>
            to == (e.Quarantine ? MessageState.Quarantined : e.Mode == Mode.GatedAll ? MessageState.Held : MessageState.Received),
        { Event: KernelEvent.Release, To: { } to } => to == MessageState.Received,
        { From: MessageState.Held, Event: KernelEvent.Reject, To: { } to } => to == MessageState.Quarantined,
        _ => null,
    };

    private static bool? Recipients_decide_the_outcome(Step step) => step switch
    {
        { Event: KernelEvent.Settle e, To: { } to } => to == e.Outcome switch
        {
            Outcome.Open => MessageState.Sending,
            Outcome.AllDelivered => MessageState.Delivered,
            Outcome.AnyBounced => MessageState.Bounced,
            _ => MessageState.Failed,
        },
        _ => null,
    };

    private static bool? What_may_go_goes(Step step) => step switch
    {
        { From: MessageState.Queued, Event: KernelEvent.Attempt { DigestCurrent: true, Blocked: false, Gate: { Timing: Timing.Now, Paused: false } } e }
            when e.By.Kind == PrincipalKind.System && e.Gate.Mode != Mode.ReadOnly && MayGo(e.Approvals, e.Gate) =>
            step.To == (e.World == World.Live ? MessageState.Sending : MessageState.Discarded),
        _ => null,
    };

    private static bool IsGated(Mode mode) => mode is Mode.GatedAll or Mode.GatedSend;

    private static bool IsExcepted(GateFacts gate) =>
        gate is { Mode: Mode.GatedSend, AllAllowListed: true, Tainted: false, RiskHold: false, HeldBefore: false, Canary: false };

    private static bool IsReleased(GateFacts gate) =>
        IsExcepted(gate) || gate is { Mode: Mode.Monitored or Mode.Autonomous, RiskHold: false, HeldBefore: false, Canary: false };

    private static bool MayGo(Approvals approvals, GateFacts gate) => !gate.Canary && (IsApproved(approvals) || IsReleased(gate));

    private static bool IsApproved(Approvals approvals) => approvals.Given >= Math.Max(1, approvals.Needed);

    private static bool IsCounted(KernelEvent.Approve e) =>
        IsForeignDecider(e.By) && e is { DigestCurrent: true, StandingApprovalByOwner: false } && !(e.EditedByOwner && e.Approvals.Needed > 1);

    private static bool IsForeignDecider(Actor by) =>
        by is { Lineage: Lineage.Foreign, MayDecide: true, Kind: not (PrincipalKind.Agent or PrincipalKind.System) };

    private static bool IsOwnOrPerson(Actor by) => by.Kind == PrincipalKind.Human || by.Lineage == Lineage.Same;

    private static bool IsBroken(KernelEvent.Recheck e) => e.Blocked || !e.DigestCurrent || e.Gate.Mode == Mode.ReadOnly;

    private static MessageState? AfterRecheck(KernelEvent.Recheck e)
    {
        if (IsBroken(e))
        {
            return MessageState.Failed;
        }

        var mayGo = e.Gate.Timing != Timing.Missed && MayGo(e.Approvals, e.Gate);
        return mayGo ? null : MessageState.Pending;
    }

    private static bool IsTerminal(MessageState state) => state >= MessageState.Delivered && state <= MessageState.Discarded;

    private static bool IsNodes(KernelEvent e) => e
        is KernelEvent.Expire or KernelEvent.Due or KernelEvent.Recheck or KernelEvent.Attempt
        or KernelEvent.Settle or KernelEvent.LateBounce or KernelEvent.Arrive;

    private static Leaf LeafOf(MessageState from, KernelEvent e, MessageState to) => (e, to) switch
    {
        (KernelEvent.SaveDraft, _) or (KernelEvent.Edit, MessageState.Draft) => Leaf.DraftSaved,
        (KernelEvent.Due, MessageState.Queued) => Leaf.SendDue,
        (KernelEvent.Due or KernelEvent.Recheck, MessageState.Pending) => Leaf.SendHeld,
        (KernelEvent.Due or KernelEvent.Recheck, _) => Leaf.Failed,
        (KernelEvent.Submit or KernelEvent.Edit, MessageState.Pending) => Leaf.SendHeld,
        (KernelEvent.Submit or KernelEvent.Edit, MessageState.Scheduled) => Leaf.SendScheduled,
        (KernelEvent.Submit or KernelEvent.Edit, _) => Leaf.SendReleased,
        (KernelEvent.HumanEdit, _) => Leaf.Edited,
        (KernelEvent.Approve, _) => Leaf.Approved,
        (KernelEvent.Reject, _) => from == MessageState.Held ? Leaf.InboundQuarantined : Leaf.Rejected,
        (KernelEvent.RequestChanges, _) => Leaf.ChangesRequested,
        (KernelEvent.Cancel, _) => Leaf.Cancelled,
        (KernelEvent.Expire, _) => Leaf.Expired,
        (KernelEvent.Attempt, MessageState.Discarded) => Leaf.Discarded,
        (KernelEvent.Attempt, _) => Leaf.Attempted,
        (KernelEvent.Settle settle, _) => LeafOf(settle.Result),
        (KernelEvent.LateBounce, _) => Leaf.Bounced,
        (KernelEvent.Arrive, MessageState.Held) => Leaf.InboundHeld,
        (KernelEvent.Arrive, MessageState.Quarantined) => Leaf.InboundQuarantined,
        (KernelEvent.Arrive, _) => Leaf.InboundReceived,
        (KernelEvent.Release, _) => Leaf.InboundReleased,
        _ => throw new UnreachableException(),
    };

    private static Leaf LeafOf(RecipientResult result) => result switch
    {
        RecipientResult.Accepted => Leaf.Accepted,
        RecipientResult.Deferred => Leaf.Deferred,
        RecipientResult.Unknown => Leaf.UnknownOutcome,
        RecipientResult.Bounced => Leaf.Bounced,
        _ => Leaf.Failed,
    };
}
