namespace MultiMail.Storage.Sql;

internal static class SuppressionSql
{
    private const string Columns = "account_id, address, reason, message_id, created_by, created_at, note";

    private const string OnThePage = """
        (address_key, reason) > (@afterKey, @afterReason)
        AND (@reason IS NULL OR reason = @reason) AND (@part IS NULL OR has_part(address, @part))
        """;

    public const string Insert = """
        INSERT INTO suppression (account_id, address_key, reason, address, message_id, created_by, created_at, note)
        VALUES (@account, @key, @reason, @address, @message, @by, @created, @note)
        ON CONFLICT (account_id, address_key, reason) DO NOTHING
        """;

    public const string Delete = "DELETE FROM suppression WHERE account_id = @account AND address_key = @key AND reason = @reason";

    public const string Forget = "DELETE FROM suppression WHERE account_id = @account AND address_key = @key";

    public const string Standing = $"""
        SELECT {Columns} FROM suppression
        WHERE account_id = @account AND address_key IN (SELECT value FROM json_each(@keys))
        ORDER BY address_key, reason
        """;

    public const string Page = $"""
        SELECT {Columns} FROM suppression WHERE account_id = @account AND {OnThePage}
        ORDER BY address_key, reason LIMIT @limit
        """;

    public const string OfNames = $"""
        SELECT {Columns} FROM suppression
        WHERE account_id = @account AND address_key IN (SELECT value FROM json_each(@keys)) AND {OnThePage}
        ORDER BY address_key, reason LIMIT @limit
        """;

    public const string KeepLifted = """
        INSERT INTO suppression_lifted (account_id, address_key, reason, lifted_at, lifted_by, address, evidence)
        VALUES (@account, @key, @reason, @at, @by, @address, @evidence)
        ON CONFLICT DO NOTHING
        """;

    private const string LiftedColumns = "account_id, address, reason, evidence, lifted_by, lifted_at";

    public const string Lifted = $"SELECT {LiftedColumns} FROM suppression_lifted WHERE account_id = @account ORDER BY lifted_at DESC, address_key, reason LIMIT @limit";

    public const string LiftedOf = $"""
        SELECT {LiftedColumns} FROM suppression_lifted
        WHERE account_id = @account AND address_key = @key ORDER BY lifted_at DESC, reason LIMIT @limit
        """;

    public const string ForgetLifted = "DELETE FROM suppression_lifted WHERE account_id = @account AND address_key = @key";
}
