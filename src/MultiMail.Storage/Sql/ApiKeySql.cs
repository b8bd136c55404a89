namespace MultiMail.Storage.Sql;

internal static class ApiKeySql
{
    private const string Columns =
        "id, account_id, name, prefix, secret_hash, scopes, mailbox_ids, live, lineage, owner_id, created_at, expires_at, revoked_at, last_used_at";

    public const string ByPrefix = $"SELECT {Columns} FROM api_key WHERE prefix = @prefix";
    public const string OfAccount = $"SELECT {Columns} FROM api_key WHERE account_id = @account ORDER BY id";
    public const string Get = $"SELECT {Columns} FROM api_key WHERE account_id = @account AND id = @id";

    public const string Insert = $"""
        INSERT INTO api_key ({Columns})
        VALUES (@id, @account, @name, @prefix, @secret, @scopes, @mailboxes, @live, @lineage, @owner, @created, @expires, @revoked, @used)
        """;

    public const string Revoke = "UPDATE api_key SET revoked_at = @now WHERE account_id = @account AND id = @id AND revoked_at IS NULL";

    public const string SetMailboxes = "UPDATE api_key SET mailbox_ids = @mailboxes WHERE account_id = @account AND id = @id";

    // Once a minute is enough for people; every call would be a write.
    public const string Touch =
        "UPDATE api_key SET last_used_at = @now WHERE account_id = @account AND id = @id AND (last_used_at IS NULL OR last_used_at <= @now - 60000)";
}
