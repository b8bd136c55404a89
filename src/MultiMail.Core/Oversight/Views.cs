using MultiMail.Core.Templates;

namespace MultiMail.Core.Oversight;

/// <summary>A row of the queue. Without the oversight scope the risk flags are empty.</summary>
/// <param name="ExpiresAt">Null for inbound mail: it never expires.</param>
public sealed record PendingView(
    string MessageId,
    string Kind,
    int Revision,
    string Digest,
    string Subject,
    IReadOnlyList<string> To,
    string FromAddress,
    string Mailbox,
    string? AgentId,
    IReadOnlyList<string> RiskFlags,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? ExpiresAt,
    string ApprovalUrl,
    bool Livemode)
{
    /// <summary>The risk flags in words; null without the oversight scope, and where there are none.</summary>
    public IReadOnlyList<RiskView>? Risks { get; init; }
}

public sealed record PendingList(IReadOnlyList<PendingView> Pending, string? NextCursor, int Total);

public sealed record PendingRequest
{
    public string? Mailbox { get; init; }

    /// <summary><c>outbound</c> or <c>inbound</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Only what was submitted before this time.</summary>
    public string? OlderThan { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

public sealed record PartView(string ContentType, string? Filename, long Size, string Sha256, string Disposition);

public sealed record DecisionView(string DecisionId, string Decision, string DecidedBy, string Channel, string? Reason, DateTimeOffset DecidedAt, string Digest);

/// <summary>What a person decides about, rendered from the frozen bytes and never from what the agent says about them.</summary>
/// <param name="Text">Visible text of the frozen form, invisible characters shown as ⟦U+200B⟧.</param>
/// <param name="Html">Sanitised for a sandboxed frame; null when the message has none.</param>
/// <param name="Intent">The agent's own words.</param>
/// <param name="Bcc">Recipients who are not named in the message itself.</param>
/// <param name="Headers">Header fields of the frozen form, decoded, in order.</param>
public sealed record PendingReview(
    PendingView Item,
    string Status,
    string FromName,
    IReadOnlyList<string> Cc,
    IReadOnlyList<string> Bcc,
    string? ReplyTo,
    DateTimeOffset? SendAt,
    string? Category,
    string? Intent,
    string Text,
    string? Html,
    int HiddenTextChars,
    IReadOnlyDictionary<string, int> InvisibleCharacters,
    IReadOnlyList<LinkView> Links,
    IReadOnlyList<PartView> Parts,
    IReadOnlyList<(string Name, string Value)> Headers,
    int Size,
    IReadOnlyList<DecisionView> Decisions,
    IReadOnlyList<MessageSummary> Thread,
    int ApprovalsGiven,
    int ApprovalsNeeded)
{
    /// <summary>The text/plain part where it is not, white space apart, the text of the visible HTML: readers without HTML get it. Null when it is.</summary>
    public string? PlainText { get; init; }

    /// <summary>It was seeded to see whether the reviewers look; told only when it is decided.</summary>
    public bool WasCanary { get; init; }

    /// <summary>The template that it was made from, as the manifest names it; null when it was written freely.</summary>
    public TemplateUse? Template { get; init; }

    /// <summary>It was written after strangers' text was read.</summary>
    public bool Tainted { get; init; }

    /// <summary>The newest mail of those that were read.</summary>
    public string? TaintedBy { get; init; }

    /// <summary>What the HTML hides from a reader, at most 10,000 characters; null when nothing is hidden.</summary>
    public string? HiddenText { get; init; }

    /// <summary>What each compliance rule says of the frozen bytes now; empty for inbound mail.</summary>
    public IReadOnlyList<Compliance.ComplianceCheckView> Checks { get; init; } = [];

    /// <summary>How it differs from the revision before; null for a first one.</summary>
    public RevisionChanges? Changes { get; init; }

    /// <summary>Lines of the text that the server added to the author's own words; null when there are none.</summary>
    public IReadOnlyList<string>? Added { get; init; }
}

/// <summary>Which decision, on what, as the caller wrote it.</summary>
/// <param name="Digest"><c>sha256:…</c>; may be absent only while the message has had exactly one revision.</param>
public sealed record DecisionRequest(string? MessageId, string? Digest, string? Reason)
{
    /// <summary>What was wrong, for a rejection: <c>wrong_recipient</c>, <c>false_content</c>, <c>leak</c> or <c>other</c>. May be absent.</summary>
    public string? ReasonClass { get; init; }
}

/// <summary>The answer to a decision: the status it led to and who decided when.</summary>
public sealed record DecisionReceipt(string MessageId, string Status, string DecisionId, string DecidedBy, DateTimeOffset DecidedAt)
{
    /// <summary>It was seeded to see whether the reviewers look. Told to people only: a key hands on what it reads.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool WasCanary { get; init; }
}
