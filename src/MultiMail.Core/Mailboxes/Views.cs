namespace MultiMail.Core.Mailboxes;

/// <param name="HostedElsewhere">Another provider sends for it or holds its mail (Gmail, Fastmail, a company's server).</param>
/// <param name="Unread">Unread inbound messages.</param>
/// <param name="Pending">Messages that wait for a person.</param>
public sealed record MailboxView(
    string Id,
    string Address,
    string? DisplayName,
    string OversightMode,
    string? AgentId,
    string Status,
    bool HostedElsewhere,
    int Unread,
    int Pending,
    int Version,
    DateTimeOffset CreatedAt)
{
    /// <summary>After how many days its mail is erased; null = never.</summary>
    public int? RetentionDays { get; init; }
}

public sealed record MailboxList(IReadOnlyList<MailboxView> Mailboxes, string? NextCursor, int Total);

public sealed record NewMailbox
{
    public string? Address { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Pattern of identity: lower-case letters, digits, dot, underscore, hyphen; absent = the address's local part.</summary>
    public string? AgentId { get; init; }

    public string? OversightMode { get; init; }

    /// <summary>Relay and source of a mailbox that is hosted elsewhere; for a person, or an admin key that cannot send.</summary>
    public LinkChange? Link { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <summary>Fields that are null stay as they are.</summary>
public sealed record MailboxChange
{
    public string? OversightMode { get; init; }

    public string? DisplayName { get; init; }

    public string? AgentId { get; init; }

    /// <summary>Relay and source; for a person, or an admin key that cannot send.</summary>
    public LinkChange? Link { get; init; }

    /// <summary>After how many days the mailbox's mail is erased, 1 to <see cref="Privacy.Retention.MostDays"/>; 0 = never. For a person, or an admin key that cannot send.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Optimistic lock; absent = whatever the version is.</summary>
    public int? ExpectedVersion { get; init; }
}
