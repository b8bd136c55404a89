namespace MultiMail.Core.Compliance.Rules;

/// <summary>Everything that a rule has to know beside the bytes. Read once; the part that may change is read again before each attempt.</summary>
internal sealed record RuleFacts
{
    public required Mailbox Mailbox { get; init; }

    /// <summary>Who gets it. Before an attempt: who has not got it yet.</summary>
    public required IReadOnlyList<RuleRecipient> Recipients { get; init; }

    /// <summary>How many the envelope names, those who have it among them.</summary>
    public int EnvelopeSize { get; init; }

    /// <summary>Own domains, lower case: true = DNS shows that it is ours.</summary>
    public IReadOnlyDictionary<string, bool> Domains { get; init; } = new Dictionary<string, bool>(StringComparer.Ordinal);

    /// <summary>Another provider carries the mailbox's mail, and answers for its domain.</summary>
    public bool IsCarriedElsewhere { get; init; }

    /// <summary>Addresses of Reply-To that are mailboxes of this account.</summary>
    public IReadOnlyList<string> OwnReplyTo { get; init; } = [];

    /// <summary>Names under which others write: other mailboxes of the account. Asked for only when a message has a name that is not its mailbox's.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>What In-Reply-To resolves to in this mailbox; null = nothing.</summary>
    public ParentFacts? Parent { get; init; }

    /// <summary>Null = nobody set one.</summary>
    public ProfileFacts? Profile { get; init; }

    /// <summary>Whether an address is the page on which the one recipient of this copy unsubscribes; null = there is no public https address.</summary>
    public Func<string, bool>? IsUnsubscribePage { get; init; }

    /// <summary>How the mailto URI begins by which the recipient unsubscribes; the token follows.</summary>
    public string UnsubscribeMailto { get; init; } = string.Empty;

    /// <summary>What the last self-test of the unsubscribe page found; null = it worked, or it was not tried.</summary>
    public string? UnsubscribeFault { get; init; }

    /// <summary>Why the mailbox's record of bounces and complaints stops commercial mail; null = it does not.</summary>
    public string? ReputationStop { get; init; }
}

/// <param name="IsHere">A mailbox of this account on this server.</param>
/// <param name="Stop">The reason for which this recipient gets no mail of this category; null = none.</param>
/// <param name="Source">Where the contact's address came from; null = unknown.</param>
/// <param name="Consented">There is a record of affirmative consent with source, time and wording.</param>
internal sealed record RuleRecipient(string Address, RecipientKind Kind, bool IsHere, string? Stop = null, string? Source = null, bool Consented = false)
{
    public string Field => Kind switch
    {
        RecipientKind.To => "to",
        RecipientKind.Cc => "cc",
        _ => "bcc",
    };
}

/// <param name="Pieces">Name, address lines and country as the footer writes them.</param>
internal sealed record ProfileFacts(IReadOnlyList<string> Pieces);

/// <summary>The message that is answered.</summary>
/// <param name="InThread">It lies in the thread of the answer.</param>
/// <param name="Participants">Who wrote it, whom it asks to answer to, and who got it.</param>
internal sealed record ParentFacts(bool InThread, IReadOnlyList<string> Participants);
