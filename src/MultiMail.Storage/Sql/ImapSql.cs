namespace MultiMail.Storage.Sql;

internal static class ImapSql
{
    public const string Position = """
        SELECT uid_validity, last_uid, since, relist_to FROM imap_position
        WHERE account_id = @account AND mailbox_id = @mailbox AND source = @source
        """;

    public const string SetPosition = """
        INSERT INTO imap_position (account_id, mailbox_id, source, uid_validity, last_uid, since, relist_to)
        VALUES (@account, @mailbox, @source, @validity, @last, @since, @relist)
        ON CONFLICT (account_id, mailbox_id, source) DO UPDATE SET uid_validity = excluded.uid_validity,
        last_uid = excluded.last_uid, since = excluded.since, relist_to = excluded.relist_to
        """;

    public const string Quarantine = """
        INSERT INTO imap_quarantine (account_id, mailbox_id, source, uid_validity, uid, at, reason)
        VALUES (@account, @mailbox, @source, @validity, @uid, @now, @reason)
        ON CONFLICT (account_id, mailbox_id, source, uid_validity, uid) DO NOTHING
        """;

    public const string Quarantined = """
        SELECT mailbox_id, source, uid_validity, uid, at, reason FROM imap_quarantine
        WHERE account_id = @account ORDER BY at DESC, mailbox_id, uid DESC LIMIT @limit
        """;

    public const string Arrived = """
        SELECT 1 FROM message
        WHERE account_id = @account AND mailbox_id = @mailbox AND dedupe_key = @key AND direction = 'inbound'
        """;
}
