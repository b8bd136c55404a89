namespace MultiMail.Core.Oversight;

/// <summary>What waits for a person.</summary>
/// <param name="Kind"><c>outbound</c> or <c>inbound</c>.</param>
/// <param name="SubmitterLineage">Whose it is: they see it in their queue and can never decide it.</param>
/// <param name="Intent">What the agent says it wants. Shown labelled as such.</param>
public sealed record Approval(
    ApprovalId Id,
    AccountId Account,
    MessageId Message,
    MailboxId Mailbox,
    string Kind,
    int Revision,
    byte[] Digest,
    World World,
    string SubmittedBy,
    string SubmitterLineage,
    string RiskFlags,
    string? Intent,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>When it ends undecided, as people and agents are told; null for inbound mail, which waits without end.</summary>
    public DateTimeOffset? Deadline => Kind == Directions.Name(Direction.Inbound) ? null : ExpiresAt;
}

/// <param name="Verb"><c>approve</c>, <c>reject</c> or <c>request_changes</c>.</param>
/// <param name="DecidedBy">Public id of the person or key.</param>
/// <param name="Owner">The person behind it; two approvals of one owner count once.</param>
/// <param name="Channel"><c>dashboard</c>, <c>cli</c>, <c>rest</c> or <c>mcp</c>.</param>
public sealed record Decision(
    DecisionId Id,
    AccountId Account,
    ApprovalId Approval,
    MessageId Message,
    string Verb,
    string DecidedBy,
    string Owner,
    string Channel,
    string? Reason,
    byte[] Digest,
    DateTimeOffset DecidedAt);

/// <summary>A row of the queue: the hold and its message.</summary>
public sealed record PendingItem(Approval Approval, Message Message);

/// <param name="Lineage">Only holds of this lineage; null = all.</param>
/// <param name="Cursor">Exclusive, newest first.</param>
public sealed record PendingQuery(
    AccountId Account, IReadOnlyList<MailboxId>? Mailboxes, World? World, string? Lineage, string? Kind, DateTimeOffset? OlderThan, ApprovalId? Cursor, int Limit);

/// <summary>
/// The only thing the outbox takes. It is made here, from a transition of the kernel that says so, and nowhere else:
/// there is no way to queue bytes that no person and no policy released.
/// </summary>
public sealed class ApprovedMessage
{
    private ApprovedMessage(Message message, int revision, DateTimeOffset dueAt)
    {
        Account = message.Account;
        Message = message.Id;
        Mailbox = message.Mailbox;
        Revision = revision;
        DueAt = dueAt;
    }

    public AccountId Account { get; }

    public MessageId Message { get; }

    public MailboxId Mailbox { get; }

    public int Revision { get; }

    public DateTimeOffset DueAt { get; }

    /// <exception cref="InvalidOperationException">The transition does not make an approved message, or it is a canary.</exception>
    internal static ApprovedMessage From(Moved moved, Message message, DateTimeOffset now) =>
        moved.Effects.HasFlag(Effects.MakeApproved) && !message.IsCanary
            ? new(message, message.Revision, message.SendAt is { } at && at > now ? at : now)
            : throw new InvalidOperationException($"A transition to {moved.To} approves nothing.");
}
