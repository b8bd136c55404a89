namespace MultiMail.Storage.Sql;

internal static class LinkSql
{
    private const string Columns = "mailbox_id, account_id, relay, source, from_environment, updated_at";

    public const string OfAccount = $"SELECT {Columns} FROM mailbox_link WHERE account_id = @account ORDER BY mailbox_id";
    public const string Get = $"SELECT {Columns} FROM mailbox_link WHERE account_id = @account AND mailbox_id = @mailbox";


    public const string WithRelay = """
        SELECT mailbox_id FROM mailbox_link
        WHERE account_id = @account AND relay IS NOT NULL AND mailbox_id IN (SELECT value FROM json_each(@mailboxes))
        """;

    public const string Set = $"""
        INSERT INTO mailbox_link ({Columns}) VALUES (@mailbox, @account, @relay, @source, @environment, @updated)
        ON CONFLICT (mailbox_id) DO UPDATE SET relay = excluded.relay, source = excluded.source,
        from_environment = excluded.from_environment, updated_at = excluded.updated_at WHERE account_id = excluded.account_id
        """;

    public const string Remove = "DELETE FROM mailbox_link WHERE account_id = @account AND mailbox_id = @mailbox";
}
