namespace MultiMail.Core.Requests;

/// <summary>The answer to a wish that became a request: a success that waits.</summary>
/// <param name="Status"><c>pending</c>, or what it was decided to when the same call is repeated.</param>
/// <param name="ApprovalUrl">Where a signed-in person decides. Opening it approves nothing.</param>
public sealed record RequestReceipt(string RequestId, string Status, string ApprovalUrl, string Digest, DateTimeOffset ExpiresAt);

/// <param name="Summary">What approving does, in a sentence made here. It may quote an agent's words, such as a name.</param>
/// <param name="Mailbox">Address of the mailbox it is about.</param>
/// <param name="Justification">The asker's own words; they prove nothing.</param>
/// <param name="RequestedByName">The key's name; null without oversight.</param>
/// <param name="Obstacle">Why it can no longer be approved; null when it can, and when it is decided.</param>
public sealed record RequestView(
    string RequestId,
    string Kind,
    string Status,
    string Digest,
    string Summary,
    IReadOnlyList<ChangeLine> Changes,
    string? Mailbox,
    string? Justification,
    string RequestedBy,
    string? RequestedByName,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    string? Obstacle,
    int ApprovalsGiven,
    int ApprovalsNeeded,
    IReadOnlyList<DecisionView> Decisions,
    string ApprovalUrl);

/// <summary>A row: the request without its decisions.</summary>
public sealed record RequestRow(
    string RequestId,
    string Kind,
    string Status,
    string Digest,
    string Summary,
    string? Mailbox,
    string RequestedBy,
    string? RequestedByName,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    string ApprovalUrl);

public sealed record RequestList(IReadOnlyList<RequestRow> Requests, string? NextCursor, int Total);

public sealed record RequestListRequest
{
    /// <summary><c>pending</c> (unless asked otherwise), <c>approved</c>, <c>rejected</c>, <c>expired</c> or <c>all</c>.</summary>
    public string? Status { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

/// <summary>The answer to a decision about a request.</summary>
/// <param name="Status"><c>approved</c>, <c>rejected</c>, or <c>pending</c> while another person's approval is needed.</param>
public sealed record RequestDecisionReceipt(string RequestId, string Status, string DecisionId, string DecidedBy, DateTimeOffset DecidedAt);

/// <summary>What became of asking for another mode: <see cref="ModeSet"/> or <see cref="ModeAsked"/>.</summary>
public abstract record ModeOutcome
{
    private protected ModeOutcome()
    {
    }
}

/// <summary>It holds from now on.</summary>
public sealed record ModeSet(MailboxView Mailbox) : ModeOutcome;

/// <summary>A person decides.</summary>
public sealed record ModeAsked(RequestReceipt Request) : ModeOutcome;
