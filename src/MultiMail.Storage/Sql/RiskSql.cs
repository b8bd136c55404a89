namespace MultiMail.Storage.Sql;

internal static class RiskSql
{
    public const string Meet = """
        INSERT INTO correspondent (account_id, skeleton, address_key, wrote, written)
        VALUES (@account, @skeleton, @key, @wrote, @written)
        ON CONFLICT (account_id, skeleton, address_key) DO UPDATE SET wrote = wrote | excluded.wrote, written = written | excluded.written
        """;

    public const string Know = """
        INSERT INTO correspondent (account_id, skeleton, address_key, wrote, written) VALUES (@account, @skeleton, @key, 0, 0)
        ON CONFLICT (account_id, skeleton, address_key) DO NOTHING
        """;

    public const string Forget = """
        DELETE FROM correspondent
        WHERE account_id = @account AND skeleton = @skeleton AND address_key = @key AND wrote = 0 AND written = 0
        """;

    /// <summary>The flags are few and none is part of another's name. What was not let in has given nobody orders.</summary>
    public const string ThreadFlagged = """
        SELECT EXISTS (
          SELECT 1 FROM message
          WHERE account_id = @account AND thread_id = @thread AND direction = 'inbound' AND status = 'received'
            AND instr(risk, 'injection_flagged') > 0)
        """;

    public const string Known = """
        SELECT address_key, skeleton, wrote, written FROM correspondent
        WHERE account_id = @account AND skeleton IN (SELECT value FROM json_each(@skeletons))
        """;

    public const string MailboxesOf = "SELECT lower(address) FROM mailbox WHERE account_id = @account AND address IN (SELECT value FROM json_each(@addresses))";

    public const string DomainNames = "SELECT name FROM domain WHERE account_id = @account";

    public const string NoteRead = """
        INSERT INTO untrusted_read (account_id, reader, message_id, thread_id, at) VALUES (@account, @reader, @message, @thread, @at)
        ON CONFLICT (account_id, reader, message_id) DO UPDATE SET at = MAX(at, excluded.at)
        """;

    public const string ForgetReads = """
        DELETE FROM untrusted_read WHERE account_id = @account AND reader = @reader AND at <
        (SELECT r.at FROM untrusted_read r WHERE r.account_id = @account AND r.reader = @reader ORDER BY r.at DESC LIMIT 1 OFFSET @keep)
        """;

    public const string Reads = """
        SELECT message_id, thread_id, at FROM untrusted_read
        WHERE account_id = @account AND reader = @reader AND at >= @since ORDER BY at DESC LIMIT @limit
        """;

    public const string BodyTexts = "SELECT body_text FROM message WHERE account_id = @account AND id IN (SELECT value FROM json_each(@ids))";

    public const string KeepCause = """
        INSERT INTO taint_cause (account_id, message_id, cause_id) VALUES (@account, @message, @cause)
        ON CONFLICT (account_id, message_id) DO UPDATE SET cause_id = excluded.cause_id
        """;

    public const string Cause = "SELECT cause_id FROM taint_cause WHERE account_id = @account AND message_id = @message";

    public const string Tally = """
        INSERT INTO tally (account_id, what, slot, n, expires_at) VALUES (@account, @what, @slot, @add, @expires)
        ON CONFLICT (account_id, what, slot) DO UPDATE SET n = n + excluded.n
        RETURNING n
        """;

    public const string TallyOf = "SELECT n FROM tally WHERE account_id = @account AND what = @what AND slot = @slot";

    public const string ForgetTallies = "DELETE FROM tally WHERE expires_at <= @now";
}
