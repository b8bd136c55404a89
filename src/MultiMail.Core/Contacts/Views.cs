namespace MultiMail.Core.Contacts;

/// <param name="RecipientKind"><c>person</c> or <c>machine</c>.</param>
/// <param name="MachineEvidence">Why it is held to be a machine's address.</param>
public sealed record ContactView(
    string Id,
    string Email,
    string? Name,
    IReadOnlyList<string> Tags,
    string? Notes,
    string Source,
    string? Language,
    string RecipientKind,
    string? MachineEvidence,
    ConsentView? Consent,
    RelationshipView? Relationship,
    int Version,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <param name="RecordedBy">Who put it down, as a public id.</param>
public sealed record ConsentView(string Source, DateTimeOffset Time, string Wording, string RecordedBy);

/// <param name="RecordedBy">Who put it down, as a public id.</param>
public sealed record RelationshipView(string Basis, string Note, string RecordedBy, DateTimeOffset RecordedAt);

public sealed record ContactList(IReadOnlyList<ContactView> Contacts, string? NextCursor);

public sealed record ContactRequest
{
    /// <summary>Words that must all begin a word of address, name or tags; at most 500 characters.</summary>
    public string? Query { get; init; }

    /// <summary>This tag, whole.</summary>
    public string? Tag { get; init; }

    /// <summary>1 to 100; 25 unless asked.</summary>
    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

/// <summary>A contact's fields as the caller wrote them. In a change, null leaves a field as it is and the empty text clears it.</summary>
public sealed record ContactFields
{
    /// <summary><c>a@b</c> or <c>Name &lt;a@b&gt;</c>. A changed address takes consent, relationship and machine with it: they were another's.</summary>
    public string? Email { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Notes { get; init; }

    /// <summary>Where the address comes from; needed for a new contact. <c>scraped</c> is kept as a fact.</summary>
    public string? Source { get; init; }

    public string? Language { get; init; }

    /// <summary><c>person</c> or <c>machine</c>; machine is set by a person only.</summary>
    public string? RecipientKind { get; init; }

    /// <summary>Needed with <c>machine</c>.</summary>
    public string? MachineEvidence { get; init; }

    /// <summary>Set by a person or an admin key.</summary>
    public ConsentFields? Consent { get; init; }

    public bool RemoveConsent { get; init; }

    /// <summary>Set by a person or an admin key.</summary>
    public RelationshipFields? Relationship { get; init; }

    public bool RemoveRelationship { get; init; }

    /// <summary>The version that was read; another one stands → 409.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>For a new contact: 1 to 128 characters, kept for 24 hours.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <param name="Time">RFC 3339 with offset.</param>
public sealed record ConsentFields(string? Source, string? Time, string? Wording);

/// <param name="Basis"><c>transaction</c>, <c>safety</c>, <c>account</c>, <c>employment</c> or <c>delivery</c>.</param>
public sealed record RelationshipFields(string? Basis, string? Note);
