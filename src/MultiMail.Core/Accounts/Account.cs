namespace MultiMail.Core.Accounts;

/// <param name="DataKeySealed">The key that wraps the messages' commitment keys, sealed with the master key.</param>
public sealed record Account(AccountId Id, string Name, bool DualControl, byte[] DataKeySealed, DateTimeOffset? PausedAt, DateTimeOffset CreatedAt);

/// <summary>A person. The first one starts without e-mail address and password and sets both at the first sign-in.</summary>
/// <param name="PasswordHash">PBKDF2 in text form.</param>
public sealed record Operator(OperatorId Id, AccountId Account, string? Email, string? PasswordHash, DateTimeOffset? DisabledAt, DateTimeOffset CreatedAt);

public enum SessionKind
{
    /// <summary>A one-time sign-in link, 15 minutes.</summary>
    LoginLink,

    /// <summary>A signed-in browser.</summary>
    Browser,
}

/// <param name="TokenHash">SHA-256 of the token; the token itself is never stored.</param>
public sealed record Session(
    byte[] TokenHash, AccountId Account, OperatorId Operator, SessionKind Kind, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset CreatedAt);

/// <summary>A domain whose mailboxes live here. Its mail leaves the server once its DKIM record was seen in DNS.</summary>
public sealed record Domain(DomainId Id, AccountId Account, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>When our DKIM record was first seen; null = pending.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When DNS last gave an answer, good or bad; null = never.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Purposes of the records that the last look found, separated by commas: <c>dkim,spf</c>.</summary>
    public string Seen { get; init; } = string.Empty;
}
