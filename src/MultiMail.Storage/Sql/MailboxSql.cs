namespace MultiMail.Storage.Sql;

internal static class MailboxSql
{
    private const string Columns =
        "id, account_id, address, display_name, agent, mode, deactivated_at, paused_at, unread, pending, version, created_at, retention_days";

    public const string Get = $"SELECT {Columns} FROM mailbox WHERE account_id = @account AND id = @id";
    public const string ByAddress = $"SELECT {Columns} FROM mailbox WHERE account_id = @account AND address = @address";
    public const string OfAddresses = $"SELECT {Columns} FROM mailbox WHERE account_id = @account AND address IN (SELECT value FROM json_each(@addresses))";
    public const string Page = $"SELECT {Columns} FROM mailbox WHERE account_id = @account AND id > @after ORDER BY id LIMIT @limit";
    public const string OfAgent = $"SELECT {Columns} FROM mailbox WHERE account_id = @account AND agent = @agent ORDER BY id";

    public const string Insert = $"""
        INSERT INTO mailbox ({Columns})
        VALUES (@id, @account, @address, @name, @agent, @mode, @deactivated, @paused, @unread, @pending, @version, @created, @retention)
        """;

    public const string Update = """
        UPDATE mailbox SET display_name = @name, agent = @agent, mode = @mode, paused_at = @paused, deactivated_at = @deactivated, retention_days = @retention,
        version = version + 1 WHERE account_id = @account AND id = @id
        """;

    public const string AddPending = "UPDATE mailbox SET pending = pending + @n WHERE account_id = @account AND id = @id";
    public const string AddUnread = "UPDATE mailbox SET unread = unread + @n WHERE account_id = @account AND id = @id";
}
