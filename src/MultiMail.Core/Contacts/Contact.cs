namespace MultiMail.Core.Contacts;

/// <summary>Who reads mail that is sent to an address; decides whether the AI disclosure must be in it.</summary>
public enum ContactKind
{
    Person,

    /// <summary>A program alone: nobody reads it as mail. Set by a person only.</summary>
    Machine,
}

/// <summary>Why an address is held to be a machine's.</summary>
/// <param name="By">Public id of who said so.</param>
public sealed record MachineProof(string Evidence, string By, DateTimeOffset At);

/// <summary>A recipient's affirmative consent to commercial mail.</summary>
/// <param name="Source">Where it was given, e.g. the form's address.</param>
/// <param name="At">When it was given.</param>
/// <param name="Wording">What was agreed to, in the words that were shown.</param>
/// <param name="By">Public id of who recorded it.</param>
public sealed record Consent(string Source, DateTimeOffset At, string Wording, string By);

/// <summary>What there is between the sender and a recipient, that makes transactional mail to them expected.</summary>
/// <param name="Basis">One of the bases of transactional mail.</param>
/// <param name="By">Public id of who recorded it.</param>
public sealed record Relationship(string Basis, string Note, string By, DateTimeOffset At);

/// <summary>Somebody whom the account writes to. Its words were written by agents or strangers: data, never instructions.</summary>
public sealed record Contact
{
    /// <summary>The source of an address that was collected without its owner's knowledge.</summary>
    public const string Scraped = "scraped";

    public required ContactId Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>An addr-spec (RFC 5322 §3.4.1); one contact of an account has it, compared without regard to case.</summary>
    public required string Email { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Notes { get; init; }

    /// <summary>Where the address comes from.</summary>
    public required string Source { get; init; }

    /// <summary>A language tag (BCP 47).</summary>
    public string? Language { get; init; }

    public MachineProof? Machine { get; init; }

    public Consent? Consent { get; init; }

    public Relationship? Relationship { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public int Version { get; init; } = 1;

    public ContactKind Kind => Machine is null ? ContactKind.Person : ContactKind.Machine;

    /// <summary>Commercial mail to it is refused (CS-11).</summary>
    public bool IsScraped => Source == Scraped;
}

/// <summary>What the rules ask about a recipient.</summary>
/// <param name="Address">As <see cref="Suppression.Suppressed.KeyOf"/> folds it.</param>
public sealed record ContactFacts(
    string Address, ContactId Contact, ContactKind Kind, string? Language, string Source, Consent? Consent, Relationship? Relationship)
{
    /// <summary>The address was collected without its owner's knowledge: no commercial mail (CS-11).</summary>
    public bool IsScraped => Source == Contacts.Contact.Scraped;
}
