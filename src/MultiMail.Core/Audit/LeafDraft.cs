namespace MultiMail.Core.Audit;

/// <summary>Who did it, as the log shows it: a random id, never a name or an address.</summary>
/// <param name="Kind"><c>agent</c>, <c>operator_key</c>, <c>human</c> or <c>system</c>.</param>
public sealed record LeafActor(string Id, string Kind)
{
    public static LeafActor System { get; } = new("system", "system");
}

/// <summary>Salted commitments of a leaf, each the base64 of an HMAC-SHA256.</summary>
public sealed record LeafCommitments(string Content, string From, IReadOnlyList<string> Recipients, string Subject);

/// <summary>A leaf before the sequencer gives it index and time. Ids are public texts; free text never enters.</summary>
public sealed record LeafDraft(AccountId Account, string Event, LeafActor Actor, string AccountText)
{
    public MailboxId? Mailbox { get; init; }

    public string? MailboxText { get; init; }

    public MessageId? Message { get; init; }

    public string? MessageText { get; init; }

    public string? Mode { get; init; }

    /// <summary>The rule or policy that decided, e.g. <c>gate</c>.</summary>
    public string? Policy { get; init; }

    /// <summary>A code, never a person's words.</summary>
    public string? Reason { get; init; }

    public string? Result { get; init; }

    /// <summary><c>sha256:</c> and the hex digest of the manifest.</summary>
    public string? Digest { get; init; }

    /// <summary><c>sha256:</c> and the hex digest of the identity token that the message leaves with.</summary>
    public string? SignedDigest { get; init; }

    public LeafCommitments? Commit { get; init; }

    /// <summary>The leaves that an erasure made unopenable, as ranges of indexes: <c>3-9,14</c>.</summary>
    public string? Leaves { get; init; }
}

/// <summary>A leaf as it stands in the log.</summary>
/// <param name="Entry">The canonical JSON whose hash is the leaf.</param>
public sealed record SequencedLeaf(LeafDraft Draft, long Index, DateTimeOffset At, byte[] Entry, byte[] LeafHash);

/// <summary>A row for a reader of the log.</summary>
public sealed record AuditEntry(long Index, DateTimeOffset At, byte[] Entry, byte[] LeafHash);

/// <summary>The end of a log: everything an append needs.</summary>
/// <param name="Edge">Hashes of the perfect subtrees, as the transparency log writes them.</param>
public sealed record LogHead(AccountId Account, string LogId, string Origin, long Size, byte[] Edge, DateTimeOffset LastAt);

public sealed record StoredCheckpoint(long Size, byte[] Root, DateTimeOffset At, string Note);

/// <summary>Values and salts behind a message's commitments, sealed; erasing the row makes the leaf unopenable.</summary>
public sealed record SealedOpening(MessageId Message, byte[] WrappedKey, byte[] Sealed);

/// <summary>What <c>get_audit_log</c> asks for. <paramref name="Before"/> is exclusive, newest first.</summary>
public sealed record AuditQuery(
    AccountId Account, MailboxId? Mailbox, MessageId? Message, string? Actor, string? Event, DateTimeOffset? Since, long? Before, int Limit);
