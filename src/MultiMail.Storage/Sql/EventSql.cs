namespace MultiMail.Storage.Sql;

internal static class EventSql
{
    public const string Insert = """
        INSERT INTO event (account_id, id, type, live, mailbox_id, message_id, created_at, body)
        VALUES (@account, @id, @type, @live, @mailbox, @message, @created, @body)
        """;

    private const string Columns = "id, account_id, type, live, mailbox_id, message_id, body, created_at";

    public const string Newest = $"SELECT {Columns} FROM event WHERE account_id = @account ORDER BY id DESC LIMIT @limit";

    public const string NewestOfType =
        $"SELECT {Columns} FROM event WHERE account_id = @account AND type = @type ORDER BY id DESC LIMIT @limit";

    public const string Answer = """
        SELECT request_sha256, response, expires_at
        FROM idempotency WHERE account_id = @account AND scope = @scope AND key = @key AND expires_at > @now
        """;

    public const string KeepAnswer = """
        INSERT INTO idempotency (account_id, scope, key, request_sha256, expires_at, response)
        VALUES (@account, @scope, @key, @request, @expires, @response)
        ON CONFLICT (account_id, scope, key) DO UPDATE
        SET request_sha256 = excluded.request_sha256, expires_at = excluded.expires_at, response = excluded.response
        WHERE idempotency.expires_at <= @now
        """;

    public const string DeleteExpiredAnswers = "DELETE FROM idempotency WHERE expires_at <= @now";
}
