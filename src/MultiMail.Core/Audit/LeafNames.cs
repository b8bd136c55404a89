namespace MultiMail.Core.Audit;

/// <summary>The <c>event</c> member of each kind of leaf.</summary>
public static class LeafNames
{
    public const string SendBlocked = "send.blocked";
    public const string AccessRefused = "access.refused";
    public const string ApprovalViewed = "approval.viewed";
    public const string MailboxCreated = "mailbox.created";
    public const string MailboxModeChanged = "mailbox.mode_changed";
    public const string ModeDemoted = "mode.demoted";
    public const string MailboxUpdated = "mailbox.updated";
    public const string PauseSet = "pause.set";
    public const string PauseLifted = "pause.lifted";
    public const string ProfileChanged = "profile.changed";
    public const string RequestOpened = "request.opened";
    public const string RequestDecided = "request.decided";
    public const string NoticeSent = "notice.sent";
    public const string ApprovalEscalated = "approval.escalated";
    public const string PrivacyExported = "privacy.exported";
    public const string PrivacyErased = "privacy.erased";
    public const string DomainAdded = "domain.added";
    public const string KeyCreated = "key.created";
    public const string KeyRevoked = "key.revoked";
    public const string SuppressionAdded = "suppression.added";
    public const string SuppressionRemoved = "suppression.removed";
    public const string Login = "login";
    public const string ConfigChanged = "config.changed";

    public static string Of(Leaf leaf) => leaf switch
    {
        Leaf.DraftSaved => "draft.saved",
        Leaf.SendHeld => "send.held",
        Leaf.SendScheduled => "send.scheduled",
        Leaf.SendReleased => "send.released",
        Leaf.SendDue => "send.due",
        Leaf.Approved => "approval.approved",
        Leaf.Rejected => "approval.rejected",
        Leaf.ChangesRequested => "approval.changes_requested",
        Leaf.Edited => "approval.edited",
        Leaf.Expired => "approval.expired",
        Leaf.Cancelled => "delivery.cancelled",
        Leaf.Attempted => "delivery.attempted",
        Leaf.Accepted => "delivery.accepted",
        Leaf.Deferred => "delivery.deferred",
        Leaf.UnknownOutcome => "delivery.unknown",
        Leaf.Bounced => "delivery.bounced",
        Leaf.Failed => "delivery.failed",
        Leaf.Discarded => "delivery.discarded",
        Leaf.InboundReceived => "inbound.received",
        Leaf.InboundHeld => "inbound.held",
        Leaf.InboundReleased => "inbound.released",
        Leaf.InboundQuarantined => "inbound.quarantined",
        _ => throw new ArgumentOutOfRangeException(nameof(leaf), leaf, "Not a leaf."),
    };
}
