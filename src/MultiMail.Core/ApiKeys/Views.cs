namespace MultiMail.Core.ApiKeys;

public sealed record ApiKeyView(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    string Env,
    IReadOnlyList<string>? Mailboxes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);

/// <summary>The only place where a key's secret is shown, once.</summary>
public sealed record CreatedKey(string Id, string Name, string Key, IReadOnlyList<string> Scopes, string Env);

public sealed record NewKey
{
    public string? Name { get; init; }

    /// <summary><c>read</c>, <c>send</c>, <c>admin</c>, <c>oversight</c>; never send with oversight.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>An operator key: read, admin, oversight. Stands for a person.</summary>
    public bool Operator { get; init; }

    /// <summary>Addresses or ids; empty = all of the account.</summary>
    public IReadOnlyList<string> Mailboxes { get; init; } = [];

    /// <summary><c>live</c> (default) or <c>test</c>.</summary>
    public string? Env { get; init; }
}
