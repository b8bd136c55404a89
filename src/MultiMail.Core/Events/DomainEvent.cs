namespace MultiMail.Core.Events;

/// <summary>Something the outside may be told: committed with the state change, delivered by webhooks.</summary>
/// <param name="Body">JSON of ids and states; never a body, a subject or a stranger's address.</param>
public sealed record DomainEvent(
    EventId Id, AccountId Account, string Type, World World, MailboxId? Mailbox, MessageId? Message, byte[] Body, DateTimeOffset CreatedAt);

public static class EventTypes
{
    public const string Pending = "email.pending";
    public const string Approved = "email.approved";
    public const string Rejected = "email.rejected";
    public const string Delivered = "email.delivered";
    public const string Bounced = "email.bounced";
    public const string Complained = "email.complained";
    public const string Failed = "email.failed";
    public const string Expired = "email.expired";
    public const string Cancelled = "email.cancelled";
    public const string Discarded = "email.discarded";
    public const string Inbound = "email.inbound";
    public const string Held = "email.held";
    public const string ChangesRequested = "email.changes_requested";
    public const string RequestPending = "request.pending";
    public const string RequestDecided = "request.decided";
    public const string ModeChanged = "mailbox.mode_changed";

    /// <summary>A mailbox in <c>monitored</c> sent without waiting; people see it on their page.</summary>
    public const string Monitored = "email.monitored";
}
