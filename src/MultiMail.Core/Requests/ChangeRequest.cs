namespace MultiMail.Core.Requests;

/// <summary>A change that loosens something, as somebody asked for it. It never changes: another wish is another request.</summary>
/// <param name="Kind">Name of the <see cref="IRequestKind"/> that reads <paramref name="Payload"/>.</param>
/// <param name="Mailbox">The mailbox it is about; null = the account's.</param>
/// <param name="Payload">The change in canonical JSON (RFC 8785).</param>
/// <param name="Digest">SHA-256 of <paramref name="Payload"/>: what is decided about.</param>
/// <param name="Justification">The asker's own words; they prove nothing.</param>
/// <param name="RequestedBy">Public id of the key that asked.</param>
/// <param name="Lineage">Whose it is: they see it and can never decide it.</param>
public sealed record ChangeRequest(
    RequestId Id,
    AccountId Account,
    string Kind,
    MailboxId? Mailbox,
    byte[] Payload,
    byte[] Digest,
    string? Justification,
    string RequestedBy,
    string Lineage,
    RequestStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt);

public enum RequestStatus
{
    Pending,
    Approved,
    Rejected,

    /// <summary>Nobody decided in time: nothing was changed.</summary>
    Expired,
}

/// <summary>The statuses' names on the wire and in the store.</summary>
public static class RequestStatuses
{
    public static string Name(RequestStatus status) => status switch
    {
        RequestStatus.Pending => "pending",
        RequestStatus.Approved => "approved",
        RequestStatus.Rejected => "rejected",
        RequestStatus.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status."),
    };
}

/// <param name="Verb"><c>approve</c> or <c>reject</c>.</param>
/// <param name="DecidedBy">Public id of the person or key.</param>
/// <param name="Owner">The person behind it; two approvals of one owner count once.</param>
/// <param name="Channel"><c>dashboard</c>, <c>cli</c>, <c>rest</c> or <c>mcp</c>.</param>
public sealed record RequestDecision(
    DecisionId Id, AccountId Account, RequestId Request, string Verb, string DecidedBy, string Owner, string Channel, string? Reason, byte[] Digest, DateTimeOffset DecidedAt);

/// <param name="Lineage">Only this lineage's; null = all.</param>
/// <param name="Mailboxes">Only about these mailboxes; null = all, and those about none.</param>
/// <param name="Status">Null = all.</param>
/// <param name="Cursor">Exclusive, newest first.</param>
public sealed record ChangeRequestQuery(
    AccountId Account, string? Lineage, IReadOnlyList<MailboxId>? Mailboxes, RequestStatus? Status, RequestId? Cursor, int Limit);
