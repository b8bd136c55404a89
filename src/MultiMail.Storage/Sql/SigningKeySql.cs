namespace MultiMail.Storage.Sql;

internal static class SigningKeySql
{
    private const string Columns =
        "account_id, use, domain, name, algorithm, public_text, sealed, created_at, not_before, not_after, revoked_at, reason";

    public const string OfAccount = $"SELECT {Columns} FROM signing_key WHERE account_id = @account ORDER BY created_at, not_before, name";

    public const string Insert = $"""
        INSERT INTO signing_key ({Columns})
        VALUES (@account, @use, @domain, @name, @algorithm, @public, @sealed, @created, @before, @after, @revoked, @reason)
        """;

    public const string Update = """
        UPDATE signing_key SET sealed = @sealed, not_before = @before, not_after = @after, revoked_at = @revoked, reason = @reason
        WHERE account_id = @account AND use = @use AND domain = @domain AND name = @name
        """;
}
