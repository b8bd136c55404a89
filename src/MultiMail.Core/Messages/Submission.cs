using MultiMail.Core.Templates;

namespace MultiMail.Core.Messages;

/// <summary>What an edge hands in, as the caller wrote it. Nothing here is checked yet: Core reports every fault at once.</summary>
public sealed record Submission
{
    /// <summary>An address of a mailbox the key may use; may be absent when the key has exactly one.</summary>
    public string? From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public string? Markdown { get; init; }

    public IReadOnlyList<SubmittedAttachment> Attachments { get; init; } = [];

    /// <summary>Where given, it must be the mailbox's.</summary>
    public string? AgentId { get; init; }

    /// <summary><c>conversational</c>, <c>transactional</c> or <c>commercial</c>.</summary>
    public string? Category { get; init; }

    public string? TransactionalBasis { get; init; }

    /// <summary>RFC 5646 tag of the language that the message is written in, such as <c>de</c>; the disclosure and the footer follow it.</summary>
    public string? Language { get; init; }

    /// <summary>What the agent wants with this mail; shown to the approver as the agent's words. At most 500 characters.</summary>
    public string? Intent { get; init; }

    /// <summary>RFC 3339 with offset.</summary>
    public string? SendAt { get; init; }

    /// <summary>A template in place of subject and bodies.</summary>
    public string? TemplateId { get; init; }

    /// <summary>The values of the template's variables, by name.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>1 to 128 characters, kept for 24 hours.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What subject and bodies were made from; set by the library, never by an edge.</summary>
    internal TemplateUse? Template { get; init; }
}

/// <summary>A file that goes along: its bytes, or the id of an attachment that the caller may read.</summary>
public sealed record SubmittedAttachment(string? Filename, string? ContentType, string? ContentBase64)
{
    /// <summary>Instead of <see cref="ContentBase64"/>: a file of another message. Name and type are that file's unless given.</summary>
    public string? AttachmentId { get; init; }

    internal ReadOnlyMemory<byte>? Content { get; init; }
}

/// <summary>An answer to a stored message: recipients and threading headers are the server's work.</summary>
public sealed record Reply
{
    public string? MessageId { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public string? Markdown { get; init; }

    public bool ReplyAll { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public IReadOnlyList<SubmittedAttachment> Attachments { get; init; } = [];

    public bool IncludeQuote { get; init; }

    public string? SendAt { get; init; }

    public string? Intent { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <summary>What became of a submission. <c>pending</c> is a success: the message waits for a person.</summary>
/// <param name="ApprovalUrl">Where a person decides; null when nothing waits.</param>
/// <param name="Deduplicated">This is the answer to the same request made before.</param>
public sealed record SubmissionReceipt(
    string MessageId, string Status, string OversightMode, string? ApprovalUrl, string ThreadId, bool? Deduplicated = null);
