namespace MultiMail.Core.Audit;

public sealed record AuditRow(
    long N,
    DateTimeOffset At,
    string Event,
    string ActorId,
    string ActorKind,
    string? Mailbox,
    string? MessageId,
    string? Mode,
    string? Policy,
    string? Reason,
    string? Result,
    string? Digest,
    string LeafHash);

public sealed record AuditList(IReadOnlyList<AuditRow> Entries, string? NextCursor, long Size);

public sealed record AuditLogRequest
{
    public string? Mailbox { get; init; }

    public string? MessageId { get; init; }

    public string? Actor { get; init; }

    public string? Action { get; init; }

    public string? Since { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

/// <summary>The result of recomputing a whole log.</summary>
/// <param name="Faults">One sentence each, with the index where there is one; empty = the log verifies.</param>
public sealed record AuditVerification(long Size, string Root, int Checkpoints, IReadOnlyList<string> Faults)
{
    public bool Ok => Faults.Count == 0;
}

/// <summary>One leaf of a message with its proof, for a stranger.</summary>
/// <param name="TlogProof">Text of a C2SP tlog-proof.</param>
public sealed record LeafProof(long Index, string Event, byte[] Leaf, string TlogProof);

/// <summary>Everything <c>audit prove</c> writes.</summary>
/// <param name="OpeningJson">Leaf bytes, salts and values.</param>
public sealed record MessageProof(string MessageId, string VerifierKey, IReadOnlyList<LeafProof> Leaves, string OpeningJson);
