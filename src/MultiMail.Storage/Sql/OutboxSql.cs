namespace MultiMail.Storage.Sql;

internal static class OutboxSql
{
    public const string Enqueue = """
        INSERT INTO outbox (account_id, message_id, mailbox_id, revision, stage, status, due_at, attempts, fence)
        VALUES (@account, @message, @mailbox, @revision, 0, 'queued', @due, 0, 0)
        ON CONFLICT (account_id, message_id, revision) DO UPDATE SET due_at = excluded.due_at
        """;

    public const string Dequeue = "DELETE FROM outbox WHERE account_id = @account AND message_id = @message";

    private const string Take =
        "UPDATE outbox SET status = 'sending', lease_owner = @owner, lease_until = @until, fence = fence + 1, attempts = attempts + 1, lane = NULL";

    private const string Job =
        "account_id, message_id, revision, attempts, stage, fence, lease_owner, lease_until, mailbox_id, tries, first_at";

    /// <summary>Leases that ran out: their messages wait longest.</summary>
    public const string ClaimExpired = $"""
        {Take}
        WHERE id IN (SELECT id FROM outbox WHERE status = 'sending' AND lease_until <= @now ORDER BY lease_until, id LIMIT @limit)
        RETURNING {Job}
        """;

    /// <summary>One due job of each mailbox, beginning after the one that was served last. Steps from mailbox to mailbox by index.</summary>
    public const string ClaimInTurn = $"""
        {Take}
        WHERE id IN (
          WITH RECURSIVE box (mailbox) AS (
            SELECT MIN(mailbox_id) FROM outbox WHERE status = 'queued'
            UNION ALL
            SELECT (SELECT MIN(n.mailbox_id) FROM outbox n WHERE n.status = 'queued' AND n.mailbox_id > box.mailbox) FROM box WHERE box.mailbox IS NOT NULL)
          SELECT head FROM (
            SELECT box.mailbox AS mailbox, (
              SELECT o.id FROM outbox o
              WHERE o.status = 'queued' AND o.mailbox_id = box.mailbox AND o.due_at <= @now
              AND (o.lane IS NULL OR o.lane NOT IN (SELECT value FROM json_each(@full)))
              ORDER BY o.due_at, o.id LIMIT 1) AS head
            FROM box WHERE box.mailbox IS NOT NULL) turn
          WHERE head IS NOT NULL ORDER BY mailbox <= @after, mailbox LIMIT @limit)
        RETURNING {Job}
        """;

    private const string Mine = """
        WHERE account_id = @account AND message_id = @message AND revision = @revision AND status = 'sending'
        AND lease_owner = @owner AND fence = @fence
        """;

    private const string Back = "UPDATE outbox SET status = 'queued', lease_owner = NULL, lease_until = NULL";

    public const string Holds = $"SELECT 1 FROM outbox {Mine} AND lease_until > @now";
    public const string Renew = $"UPDATE outbox SET lease_until = @until {Mine}";
    public const string MarkAttempted = $"UPDATE outbox SET stage = 1, tries = tries + 1, first_at = COALESCE(first_at, @now) {Mine}";
    public const string Complete = $"DELETE FROM outbox {Mine}";
    public const string Return = $"{Back}, lane = @lane {Mine}";

    // The attempt's outcome is known, so the next one starts untried.
    public const string Postpone = $"{Back}, stage = 0, due_at = @due, last_error = @error {Mine}";
    public const string Block = $"{Back}, stage = 0, due_at = @due, last_error = @error, first_at = COALESCE(first_at, @now) {Mine}";

    public const string NextDue = """
        SELECT MIN(at) FROM (
          SELECT MIN(due_at) AS at FROM outbox WHERE status = 'queued'
          UNION ALL SELECT MIN(lease_until) FROM outbox WHERE status = 'sending')
        """;
}
