namespace MultiMail.Core.Messages;

/// <summary>A draft to be kept. Nothing is required but a mailbox; what is given must be right.</summary>
/// <param name="InReplyTo">A message of the same mailbox that this one answers.</param>
public sealed record DraftRequest(Submission Written, string? InReplyTo = null);

/// <summary>What is to become of a message. Null leaves a part as it is; an empty text or list takes it away.</summary>
public sealed record EditRequest
{
    public string? MessageId { get; init; }

    /// <summary>The version that was read. Required.</summary>
    public int? ExpectedVersion { get; init; }

    public IReadOnlyList<string>? To { get; init; }

    public IReadOnlyList<string>? Cc { get; init; }

    public IReadOnlyList<string>? Bcc { get; init; }

    public string? Subject { get; init; }

    /// <summary>Giving one of text, html and markdown replaces all three: no old half stays beside a new one.</summary>
    public string? Text { get; init; }

    public string? Html { get; init; }

    public string? Markdown { get; init; }

    public IReadOnlyList<SubmittedAttachment>? Attachments { get; init; }

    /// <summary>RFC 3339 with offset; empty = as soon as it may.</summary>
    public string? SendAt { get; init; }

    public string? Category { get; init; }

    public string? TransactionalBasis { get; init; }
}

public sealed record SendDraftRequest
{
    public string? MessageId { get; init; }

    /// <summary>The version that was read. Required.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>RFC 3339 with offset; null = as the draft says.</summary>
    public string? SendAt { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <summary>A person's change to what waits for a person.</summary>
/// <param name="Digest">Of the revision that was shown; required.</param>
/// <param name="Changes">Its version is not looked at: the digest names the revision.</param>
public sealed record HumanEditRequest(string? MessageId, string? Digest, EditRequest Changes);

/// <summary>Where a message stands after it was saved or changed.</summary>
/// <param name="Version">To be given with the next change.</param>
/// <param name="Revision">How often it was frozen; 0 for a draft that was never submitted.</param>
/// <param name="ApprovalUrl">Where a person decides; null when nothing waits.</param>
public sealed record EditReceipt(string MessageId, string Status, int Version, int Revision, string OversightMode, string? ApprovalUrl, string ThreadId);
