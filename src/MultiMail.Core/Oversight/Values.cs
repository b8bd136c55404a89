namespace MultiMail.Core.Oversight;

/// <summary>Where a message is in its life. Names on the wire are the lower-case words of <see cref="MessageStates"/>.</summary>
public enum MessageState
{
    None,
    Draft,
    Pending,
    Scheduled,
    Queued,
    Sending,
    Delivered,
    Bounced,
    Failed,
    Rejected,
    Cancelled,
    Expired,
    Discarded,
    Received,
    Held,
    Quarantined,
}

/// <summary>Who acts. Reviewer is a key with oversight; Operator is an operator key (oversight and admin); Human is a signed-in person.</summary>
public enum PrincipalKind
{
    Agent,
    Reviewer,
    Operator,
    Human,
    System,
}

/// <summary>Of the acting principal, seen from the submitter.</summary>
public enum Lineage
{
    Same,
    Foreign,
}

/// <summary>How much a mailbox may do by itself, from strict to loose for outbound mail.</summary>
public enum Mode
{
    ReadOnly,
    GatedAll,
    GatedSend,
    Monitored,
    Autonomous,
}

public enum World
{
    Live,
    Test,
}

/// <summary>Where <c>send_at</c> lies. Missed: more than 15 minutes past.</summary>
public enum Timing
{
    Now,
    Future,
    Missed,
}

public enum Verdict
{
    Refuse,
    Hold,
    Schedule,
    Release,
}

/// <summary>The fold over a message's recipients.</summary>
public enum Outcome
{
    Open,
    AllDelivered,
    AnyBounced,
    AnyFailed,
}

/// <summary>What the store does beside the state, in the same transaction.</summary>
[Flags]
public enum Effects
{
    None = 0,
    OpenApproval = 1,
    VoidApprovals = 2,
    MakeApproved = 4,
    Enqueue = 8,
    Dequeue = 16,
    FailOpenRecipients = 32,
}

/// <summary>The audit leaf that a transition appends: exactly one. Names in <see cref="Audit.LeafNames"/>.</summary>
public enum Leaf
{
    DraftSaved,
    SendHeld,
    SendScheduled,
    SendReleased,
    SendDue,
    Approved,
    Rejected,
    ChangesRequested,
    Edited,
    Expired,
    Cancelled,
    Attempted,
    Accepted,
    Deferred,
    UnknownOutcome,
    Bounced,
    Failed,
    Discarded,
    InboundReceived,
    InboundHeld,
    InboundReleased,
    InboundQuarantined,
}

/// <summary>Why the kernel refused, in the order in which reasons are looked for. Wire codes in <see cref="RefusalCodes"/>.</summary>
public enum Refusal
{
    NotFound,
    ScopeMissing,
    SelfApprovalForbidden,
    AlreadyDecided,
    TooLate,
    RequestExpired,
    DigestMismatch,
    ModeReadOnly,
    Paused,

    /// <summary>Nothing to do now. Only the system's own events meet it; no caller ever sees it.</summary>
    NotDue,
}
