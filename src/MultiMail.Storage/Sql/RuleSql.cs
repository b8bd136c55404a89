namespace MultiMail.Storage.Sql;

internal static class RuleSql
{
    private const string Columns = "id, account_id, mailbox_id, direction, type, pattern, note, created_by, created_at";

    public const string Page = $"""
        SELECT {Columns} FROM access_rule
        WHERE account_id = @account AND id > @after AND (@mailboxes IS NULL OR mailbox_id IN (SELECT value FROM json_each(@mailboxes)))
        AND (@direction IS NULL OR direction = @direction) AND (@type IS NULL OR type = @type)
        ORDER BY id LIMIT @limit
        """;

    public const string Get = $"SELECT {Columns} FROM access_rule WHERE account_id = @account AND id = @id";

    public const string Matching = $"""
        SELECT {Columns} FROM access_rule
        WHERE account_id = @account AND direction = @direction AND pattern IN (SELECT value FROM json_each(@patterns)) AND mailbox_id IN (0, @mailbox)
        """;

    public const string HasAllow = """
        SELECT 1 FROM access_rule
        WHERE account_id = @account AND direction = @direction AND type = 'allow' AND mailbox_id IN (0, @mailbox) LIMIT 1
        """;

    public const string Same = $"""
        SELECT {Columns} FROM access_rule
        WHERE account_id = @account AND direction = @direction AND pattern = @pattern AND mailbox_id = @mailbox AND type = @type
        """;

    public const string Insert = $"""
        INSERT INTO access_rule ({Columns})
        VALUES (@id, @account, @mailbox, @direction, @type, @pattern, @note, @by, @created)
        """;

    public const string Delete = "DELETE FROM access_rule WHERE account_id = @account AND id = @id";
}
