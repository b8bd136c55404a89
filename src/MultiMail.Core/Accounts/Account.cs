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

/// <summary>A domain whose mail this installation may send.</summary>
public sealed record Domain(DomainId Id, AccountId Account, string Name, DateTimeOffset CreatedAt);
