namespace MultiMail.Storage.Sql;

internal static class OutboxSql
{
    public const string Enqueue = """
        INSERT INTO outbox (account_id, message_id, revision, stage, status, due_at, attempts, fence)
        VALUES (@account, @message, @revision, 0, 'queued', @due, 0, 0)
        ON CONFLICT (account_id, message_id, revision) DO UPDATE SET due_at = excluded.due_at
        """;

    public const string Dequeue = "DELETE FROM outbox WHERE account_id = @account AND message_id = @message";

    /// <summary>Leases that ran out come first: their messages wait longest. Each half is served by its own index.</summary>
    public const string Claim = """
        UPDATE outbox SET status = 'sending', lease_owner = @owner, lease_until = @until, fence = fence + 1, attempts = attempts + 1
        WHERE id IN (
          SELECT id FROM (SELECT id FROM outbox WHERE status = 'sending' AND lease_until <= @now ORDER BY lease_until, id LIMIT @limit)
          UNION ALL
          SELECT id FROM (SELECT id FROM outbox WHERE status = 'queued' AND due_at <= @now ORDER BY due_at, id LIMIT @limit)
          LIMIT @limit)
        RETURNING account_id, message_id, revision, attempts, stage, fence, lease_owner, lease_until
        """;

    private const string Held = """
        WHERE account_id = @account AND message_id = @message AND revision = @revision AND status = 'sending'
        AND lease_owner = @owner AND fence = @fence
        """;

    public const string Holds = $"SELECT 1 FROM outbox {Held} AND lease_until > @now";
    public const string MarkAttempted = $"UPDATE outbox SET stage = 1 {Held}";
    public const string Complete = $"DELETE FROM outbox {Held}";

    // The attempt's outcome is known, so the next one starts untried.
    public const string Postpone = """
        UPDATE outbox SET status = 'queued', stage = 0, due_at = @due, last_error = @error, lease_owner = NULL, lease_until = NULL
        WHERE account_id = @account AND message_id = @message AND revision = @revision AND status = 'sending'
        AND lease_owner = @owner AND fence = @fence
        """;

    public const string NextDue = """
        SELECT MIN(at) FROM (
          SELECT MIN(due_at) AS at FROM outbox WHERE status = 'queued'
          UNION ALL SELECT MIN(lease_until) FROM outbox WHERE status = 'sending')
        """;
}
