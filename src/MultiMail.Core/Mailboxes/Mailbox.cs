namespace MultiMail.Core.Mailboxes;

/// <param name="Address">addr-spec, domain lower-cased.</param>
/// <param name="AgentId">The agent that signs from here; null for a person's mailbox.</param>
/// <param name="Unread">Unread inbound messages, live and test together.</param>
/// <param name="Pending">Outbound messages and inbound mail that wait for a person.</param>
public sealed record Mailbox(
    MailboxId Id,
    AccountId Account,
    string Address,
    string? DisplayName,
    string? AgentId,
    Mode Mode,
    DateTimeOffset? DeactivatedAt,
    DateTimeOffset? PausedAt,
    int Unread,
    int Pending,
    int Version,
    DateTimeOffset CreatedAt)
{
    /// <summary>After how many days its mail is erased; null = never.</summary>
    public int? RetentionDays { get; init; }
}
