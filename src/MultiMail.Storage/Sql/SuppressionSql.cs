namespace MultiMail.Storage.Sql;

internal static class SuppressionSql
{
    private const string Columns = "account_id, address, reason, message_id, created_by, created_at";

    public const string Insert = """
        INSERT INTO suppression (account_id, address_key, reason, address, message_id, created_by, created_at)
        VALUES (@account, @key, @reason, @address, @message, @by, @created)
        ON CONFLICT (account_id, address_key, reason) DO NOTHING
        """;

    public const string Delete = "DELETE FROM suppression WHERE account_id = @account AND address_key = @key";

    public const string AnyOf = $"""
        SELECT {Columns} FROM suppression
        WHERE account_id = @account AND address_key IN (SELECT value FROM json_each(@keys)) LIMIT 1
        """;

    public const string KeysOf = """
        SELECT DISTINCT address_key FROM suppression
        WHERE account_id = @account AND address_key IN (SELECT value FROM json_each(@keys))
        """;

    public const string Reasons = "SELECT reason FROM suppression WHERE account_id = @account AND address_key = @key ORDER BY reason";

    public const string Page = $"""
        SELECT {Columns} FROM suppression
        WHERE account_id = @account AND (address_key, reason) > (@afterKey, @afterReason)
        ORDER BY address_key, reason LIMIT @limit
        """;

    public const string OfAddress = $"""
        SELECT {Columns} FROM suppression
        WHERE account_id = @account AND address_key = @key AND (address_key, reason) > (@afterKey, @afterReason)
        ORDER BY reason LIMIT @limit
        """;
}
