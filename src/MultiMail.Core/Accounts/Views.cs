namespace MultiMail.Core.Accounts;

/// <summary>Who am I and what may I do.</summary>
public sealed record AccountView(
    string AccountId,
    string Name,
    string PrincipalId,
    string Kind,
    IReadOnlyList<string> Scopes,
    string Environment,
    IReadOnlyList<string>? Mailboxes,
    bool SendingPaused,
    int PendingLimitPerMailbox,
    IReadOnlyList<string> Warnings);

public sealed record OperatorView(string Id, string? Email, bool SignedUp, bool Disabled, DateTimeOffset CreatedAt);

/// <summary>A signed-in browser.</summary>
/// <param name="Token">Goes into the cookie; only its hash is kept.</param>
public sealed record SignedIn(string Token, Principal Principal, DateTimeOffset ExpiresAt, bool NeedsPassword);
