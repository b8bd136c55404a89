using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>Everything is wrong at once; each fault mended uncovers the next, in the order that callers are told about.</summary>
public sealed class RefusalOrderTests
{
    private static readonly Actor Nobody = new(PrincipalKind.Agent, Lineage.Same, MaySend: false, MayDecide: false, SameWorld: false);

    private static readonly GateFacts Stuck =
        new(Mode.ReadOnly, RiskHold: false, Tainted: false, AllAllowListed: true, HeldBefore: false, Paused: true, Timing.Now);

    [Fact]
    public void An_approval_is_refused_for_its_reasons_in_order()
    {
        var e = new KernelEvent.Approve(Nobody, DigestCurrent: false, Timing.Missed, PastExpiry: true, StandingApprovalByOwner: true, EditedByOwner: true, new(0, 2));
        Refuses(Refusal.NotFound, MessageState.Rejected, e);
        e = e with { By = e.By with { SameWorld = true } };
        Refuses(Refusal.ScopeMissing, MessageState.Rejected, e);
        e = e with { By = e.By with { MayDecide = true } };
        Refuses(Refusal.ScopeMissing, MessageState.Rejected, e); // an agent, whatever its key claims
        e = e with { By = e.By with { Kind = PrincipalKind.Reviewer } };
        Refuses(Refusal.SelfApprovalForbidden, MessageState.Rejected, e);
        e = e with { By = e.By with { Lineage = Lineage.Foreign } };
        Refuses(Refusal.SelfApprovalForbidden, MessageState.Rejected, e); // the same owner again
        e = e with { StandingApprovalByOwner = false };
        Refuses(Refusal.SelfApprovalForbidden, MessageState.Rejected, e); // the editor, with two needed
        e = e with { EditedByOwner = false };
        Refuses(Refusal.AlreadyDecided, MessageState.Rejected, e);
        Refuses(Refusal.TooLate, MessageState.Pending, e);
        e = e with { Timing = Timing.Now };
        Refuses(Refusal.RequestExpired, MessageState.Pending, e);
        e = e with { PastExpiry = false };
        Refuses(Refusal.DigestMismatch, MessageState.Pending, e);
        Moves(MessageState.Pending, e with { DigestCurrent = true });
    }

    [Fact]
    public void A_submit_is_refused_for_its_reasons_in_order()
    {
        var e = new KernelEvent.Submit(Nobody with { Lineage = Lineage.Foreign }, Stuck);
        Refuses(Refusal.NotFound, MessageState.Queued, e);
        e = e with { By = e.By with { SameWorld = true } };
        Refuses(Refusal.NotFound, MessageState.Queued, e); // nobody learns of another lineage's message
        e = e with { By = e.By with { Lineage = Lineage.Same } };
        Refuses(Refusal.ScopeMissing, MessageState.Queued, e);
        e = e with { By = e.By with { MaySend = true } };
        Refuses(Refusal.AlreadyDecided, MessageState.Queued, e);
        Refuses(Refusal.ModeReadOnly, MessageState.Draft, e);
        e = e with { Gate = e.Gate with { Mode = Mode.GatedSend } };
        Refuses(Refusal.Paused, MessageState.Draft, e);
        Moves(MessageState.Draft, e with { Gate = e.Gate with { Paused = false } });
    }

    [Fact]
    public void An_attempt_is_refused_for_its_reasons_in_order()
    {
        var e = new KernelEvent.Attempt(Nobody, World.Live, Stuck, new(1, 1), DigestCurrent: false, Blocked: true);
        Refuses(Refusal.ScopeMissing, MessageState.Expired, e);
        e = e with { By = Actor.System };
        Refuses(Refusal.AlreadyDecided, MessageState.Expired, e);
        Refuses(Refusal.NotDue, MessageState.Pending, e);
        Refuses(Refusal.DigestMismatch, MessageState.Queued, e);
        e = e with { DigestCurrent = true };
        Refuses(Refusal.ModeReadOnly, MessageState.Queued, e);
        e = e with { Gate = e.Gate with { Mode = Mode.GatedSend } };
        Refuses(Refusal.Paused, MessageState.Queued, e);
        e = e with { Gate = e.Gate with { Paused = false } };
        Refuses(Refusal.NotDue, MessageState.Queued, e); // blocked: the recheck has to move it
        Moves(MessageState.Queued, e with { Blocked = false });
    }

    [Theory]
    [InlineData(MessageState.Sending, Refusal.TooLate)]
    [InlineData(MessageState.Delivered, Refusal.AlreadyDecided)]
    [InlineData(MessageState.Received, Refusal.AlreadyDecided)]
    public void What_is_under_way_is_too_late_to_edit_or_cancel_and_what_is_done_is_decided(MessageState state, Refusal why)
    {
        var agent = Nobody with { SameWorld = true, MaySend = true };
        Refuses(why, state, new KernelEvent.Edit(agent, Stuck));
        Refuses(why, state, new KernelEvent.Cancel(agent));
    }

    [Fact]
    public void Nobody_takes_a_message_back_once_a_recipient_may_have_it()
    {
        var person = new Actor(PrincipalKind.Human, Lineage.Foreign, MaySend: true, MayDecide: true, SameWorld: true);
        Refuses(Refusal.AlreadyDecided, MessageState.Sending, new KernelEvent.Reject(person, DigestCurrent: true));
    }

    [Fact]
    public void The_reasons_are_declared_in_the_order_in_which_they_are_looked_for() =>
        Assert.Equal(
            "NotFound, ScopeMissing, SelfApprovalForbidden, AlreadyDecided, TooLate, RequestExpired, DigestMismatch, ModeReadOnly, Paused, NotDue",
            string.Join(", ", Enum.GetValues<Refusal>()));

    [Fact]
    public void No_caller_ever_sees_that_nothing_is_due() =>
        Assert.DoesNotContain(
            from e in Space.ByEvent
            where e.Key.Name is "Submit" or "SaveDraft" or "Edit" or "HumanEdit" or "Approve" or "Reject" or "RequestChanges" or "Cancel" or "Release"
            from step in Space.Steps(e.Key, Kernel.Decide)
            select step.Answer,
            answer => answer is Refused { Why: Refusal.NotDue });

    private static void Refuses(Refusal why, MessageState state, KernelEvent e) => Assert.Equal(new Refused(why), Kernel.Decide(state, e));

    private static void Moves(MessageState state, KernelEvent e) => Assert.IsType<Moved>(Kernel.Decide(state, e));
}
