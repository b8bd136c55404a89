namespace MultiMail.Core.ApiKeys;

[Flags]
public enum Scopes
{
    None = 0,
    Read = 1,
    Send = 2,
    Oversight = 4,

    /// <summary>Includes read.</summary>
    Admin = 8,
}

/// <summary>An API key as stored. The secret is not here; its SHA-256 is.</summary>
/// <param name="Prefix">The first characters of the key, by which it is found.</param>
/// <param name="SecretHash">SHA-256 of the whole key; empty for the local default agent, which no secret opens.</param>
/// <param name="Mailboxes">The mailboxes it may use; null = all of the account.</param>
/// <param name="Lineage">The key this one descends from; itself when a person made it.</param>
/// <param name="Owner">The person behind it: who made it, or made its ancestor.</param>
public sealed record ApiKey(
    ApiKeyId Id,
    AccountId Account,
    string Name,
    string Prefix,
    byte[] SecretHash,
    Scopes Scopes,
    IReadOnlyList<MailboxId>? Mailboxes,
    World World,
    ApiKeyId Lineage,
    OperatorId Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public const string LocalAgentPrefix = "local";
}
