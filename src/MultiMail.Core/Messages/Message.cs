using MultiMail.Core.Inbound;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Messages;

public enum Direction
{
    Outbound,
    Inbound,
}

/// <summary>Where a message lies. Drafts, scheduled and held mail are views over the state, not folders of their own.</summary>
public enum Folder
{
    Inbox,
    Sent,
    Archive,
    Trash,
    Spam,
}

/// <summary>A message as stored, without its raw bytes.</summary>
public sealed record Message
{
    public required MessageId Id { get; init; }

    public required AccountId Account { get; init; }

    public required MailboxId Mailbox { get; init; }

    public required ThreadId Thread { get; init; }

    public required Direction Direction { get; init; }

    public required World World { get; init; }

    public required MessageState State { get; init; }

    public Folder Folder { get; init; }

    public int Revision { get; init; } = 1;

    public int Version { get; init; } = 1;

    /// <summary>SHA-256 of the manifest (outbound) or of the raw bytes (inbound).</summary>
    public byte[] Digest { get; init; } = [];

    /// <summary>Of the frozen wire form (outbound) or of the bytes received (inbound).</summary>
    public byte[] RawSha256 { get; init; } = [];

    /// <summary>Inbound: the source's key, so that one delivery is stored once. Outbound: the message's own id.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>The Message-ID header without brackets.</summary>
    public required string MessageIdField { get; init; }

    public string? InReplyTo { get; init; }

    public required string FromAddress { get; init; }

    public string? FromName { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public required string Subject { get; init; }

    public required string Snippet { get; init; }

    /// <summary>Visible text, for search and display.</summary>
    public required string BodyText { get; init; }

    /// <summary>Submission (outbound) or arrival (inbound); lists are ordered by it, newest first.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? SendAt { get; init; }

    public bool Unread { get; init; }

    public bool HeldBefore { get; init; }

    public int Size { get; init; }

    public int AttachmentCount { get; init; }

    /// <summary>Public id of the principal that submitted it; null inbound.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>Lineage of the submitter, for the gate and for what an agent may see of the queue.</summary>
    public string? SubmitterLineage { get; init; }

    /// <summary>Seeded by a person to see whether the reviewers look; never sent.</summary>
    public bool IsCanary => SubmitterLineage == Evidence.Canaries.Name;

    public string? Category { get; init; }

    /// <summary>What makes a transactional message one; null for every other.</summary>
    public string? Basis { get; init; }

    /// <summary>It was written after strangers' text was read.</summary>
    public bool Tainted { get; init; }

    /// <summary>Comma-separated risk flags, shown to the approver.</summary>
    public string RiskFlags { get; init; } = string.Empty;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>One frozen form of an outbound message.</summary>
/// <param name="Manifest">RFC 8785 JSON whose SHA-256 is <paramref name="Digest"/>.</param>
public sealed record Revision(MessageId Message, int Number, byte[] Digest, byte[] Manifest, byte[] WireSha256, string Author, DateTimeOffset CreatedAt);

public enum RecipientKind
{
    To,
    Cc,
    Bcc,
}

public enum RecipientState
{
    Waiting,
    Sending,
    Deferred,
    Unknown,
    Delivered,
    Bounced,
    Failed,
}

/// <param name="Code">The last reply's enhanced status code (RFC 3463) or our own code.</param>
public sealed record Recipient(MessageId Message, RecipientKind Kind, string Address, RecipientState State, string? Code, DateTimeOffset UpdatedAt)
{
    /// <summary>The relay's words or our own, one line. May be a stranger's text.</summary>
    public string? Detail { get; init; }

    /// <summary>When it is tried next; null when nothing is planned.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>How often the relay's answer was lost after the last byte.</summary>
    public int Lost { get; init; }
}

/// <param name="Part">Index of the part in the stored raw message.</param>
public sealed record Attachment(AttachmentId Id, MessageId Message, int Part, string FileName, string ContentType, long Size, byte[] Sha256);

/// <summary>Everything that one new message writes beside its leaf, outbox and approval rows.</summary>
/// <param name="Raw">The bytes behind <see cref="Message.RawSha256"/>, stored content-addressed.</param>
public sealed record NewMessage(
    Message Message, byte[] Raw, Revision? Revision, IReadOnlyList<Recipient> Recipients, IReadOnlyList<Attachment> Attachments, MailThread Thread, bool NewThread)
{
    /// <summary>How it came; null for outbound mail.</summary>
    public MessageSource? Source { get; init; }

    /// <summary>What each compliance rule said of it; not kept.</summary>
    public IReadOnlyList<Compliance.ComplianceCheckView> Checks { get; init; } = [];

    /// <summary>What its author wrote; null inbound.</summary>
    public KeptAuthored? Authored { get; init; }

    /// <summary>The mail whose reading made it a tainted one.</summary>
    public MessageId? TaintedBy { get; init; }

    /// <summary>Where mail with the same text is counted.</summary>
    public TallyKey? Content { get; init; }
}

/// <summary>What an author wrote, as it is stored.</summary>
/// <param name="Json">The text and everything else but the files, in UTF-8.</param>
/// <param name="Files">The attachments' own bytes, by their hash.</param>
public sealed record KeptAuthored(byte[] Json, IReadOnlyList<(byte[] Sha256, byte[] Bytes)> Files);

/// <summary>What a list asks for. All conditions hold together; the cursor is exclusive, newest first.</summary>
public sealed record MessageQuery(AccountId Account, int Limit)
{
    /// <summary>Null = all mailboxes of the account.</summary>
    public IReadOnlyList<MailboxId>? Mailboxes { get; init; }

    /// <summary>Null = both worlds (people only).</summary>
    public World? World { get; init; }

    public Direction? Direction { get; init; }

    public Folder? Folder { get; init; }

    /// <summary>Only these states; empty = any.</summary>
    public IReadOnlyList<MessageState> States { get; init; } = [];

    /// <summary>Never these: what the caller must not see, held mail above all.</summary>
    public IReadOnlyList<MessageState> NotStates { get; init; } = [];

    /// <summary>Outbound mail that has not left is shown of this lineage only; null = of all.</summary>
    public string? UnsentOf { get; init; }

    public ThreadId? Thread { get; init; }

    public bool? Unread { get; init; }

    public bool? HasAttachments { get; init; }

    /// <summary>Case-insensitive part of sender address or name.</summary>
    public string? From { get; init; }

    /// <summary>Case-insensitive part of a recipient address.</summary>
    public string? To { get; init; }

    /// <summary>Case-insensitive part of the subject.</summary>
    public string? Subject { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Before { get; init; }

    public string? Tag { get; init; }

    public string? TagValue { get; init; }

    /// <summary>Only messages after this one in the order of arrival.</summary>
    public (DateTimeOffset At, MessageId Id)? After { get; init; }

    public (DateTimeOffset At, MessageId Id)? Cursor { get; init; }
}

/// <summary>A page and how many match in all, counted up to 10,001.</summary>
public sealed record MessagePage(IReadOnlyList<Message> Messages, bool More, int Total);
