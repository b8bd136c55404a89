using MultiMail.Core.Oversight;
using static MultiMail.Core.Oversight.KernelEvent;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>The reasons to refuse, each for itself, and the order in which they are looked for.</summary>
internal static class Refusals
{
    private static readonly (Refusal Why, Func<MessageState, KernelEvent, bool> Applies)[] InOrder =
    [
        (Refusal.NotFound, IsHidden),
        (Refusal.ScopeMissing, (_, e) => !MayAct(e)),
        (Refusal.SelfApprovalForbidden, (_, e) => IsSelfApproval(e)),
        (Refusal.AlreadyDecided, IsOver),
        (Refusal.TooLate, (s, e) => e is Approve { Timing: Timing.Missed } || (s == MessageState.Sending && e is Edit or Cancel)),
        (Refusal.RequestExpired, (_, e) => e is Approve { PastExpiry: true }),
        (Refusal.DigestMismatch, (s, e) => IsOtherBytes(s, e)),
        (Refusal.ModeReadOnly, (s, e) => IsSending(s, e) && Facts.Gate(e) is { Mode: Mode.ReadOnly }),
        (Refusal.Paused, (s, e) => IsSending(s, e) && Facts.Gate(e) is { Paused: true }),
        (Refusal.NotDue, (_, _) => true),
    ];

    public static Refusal First(MessageState state, KernelEvent e) => Array.Find(InOrder, r => r.Applies(state, e)).Why;

    private static bool IsHidden(MessageState state, KernelEvent e)
    {
        var by = Facts.By(e);
        var theirs = by.Lineage == Lineage.Foreign && by.Kind != PrincipalKind.Human;
        return e switch
        {
            Expire or Due or Recheck or Attempt or Settle or LateBounce or Arrive => false,
            _ when !by.SameWorld => true,
            Submit => theirs && state != MessageState.None,
            SaveDraft or Edit or Cancel => theirs,
            _ => false,
        };
    }

    private static bool MayAct(KernelEvent e)
    {
        var by = Facts.By(e);
        return e switch
        {
            Submit or SaveDraft or Edit or Cancel => by.MaySend,
            HumanEdit => by.Kind == PrincipalKind.Human,
            Approve or Reject or RequestChanges or Release => by.MayDecide && by.Kind is not (PrincipalKind.Agent or PrincipalKind.System),
            _ => by.Kind == PrincipalKind.System,
        };
    }

    private static bool IsSelfApproval(KernelEvent e) => e switch
    {
        Approve { StandingApprovalByOwner: true } or Approve { EditedByOwner: true, Approvals.Needed: > 1 } => true,
        Approve or Reject or RequestChanges or Release => Facts.By(e).Lineage == Lineage.Same,
        _ => false,
    };

    private static bool IsOver(MessageState state, KernelEvent e) => e switch
    {
        _ when state is >= MessageState.Delivered and <= MessageState.Discarded => true,
        Approve or HumanEdit or RequestChanges or Expire => state != MessageState.Pending,
        Reject => state is not (MessageState.Pending or MessageState.Scheduled or MessageState.Queued or MessageState.Held),
        Release => state != MessageState.Held,
        Submit or SaveDraft => state is not (MessageState.None or MessageState.Draft),
        Edit => state > MessageState.Sending,
        Cancel => state is MessageState.None or > MessageState.Sending,
        _ => false,
    };

    private static bool IsOtherBytes(MessageState state, KernelEvent e) => e switch
    {
        Attempt { DigestCurrent: false } => IsSending(state, e),
        Approve { DigestCurrent: false } or Release { DigestCurrent: false } => true,
        Reject { DigestCurrent: false } => state == MessageState.Held,
        _ => false,
    };

    private static bool IsSending(MessageState state, KernelEvent e) =>
        e is Submit or Edit || (e is Attempt && state is MessageState.Queued or MessageState.Sending);
}
