namespace MultiMail.Storage.Sql;

internal static class NoticeSql
{
    public const string State =
        "SELECT account_id, read_leaf, summary_at, escalation_at, sent_at, failed_at, failure FROM notice_state WHERE account_id = @account";

    /// <summary>A message has one open hold at most.</summary>
    public const string News = """
        SELECT e.leaf_index, e.event, e.at, e.entry, e.mailbox_id, e.message_id, m.live, a.kind, a.risk, a.expires_at
        FROM audit_event e INDEXED BY audit_event_name
        LEFT JOIN message m ON m.id = e.message_id AND m.account_id = e.account_id
        LEFT JOIN approval a ON a.account_id = e.account_id AND a.message_id = e.message_id AND a.status = 'pending'
        WHERE e.account_id = @account AND e.event = @event AND e.leaf_index > @after AND e.leaf_index <= @upTo
        ORDER BY e.leaf_index LIMIT @limit
        """;

    public const string NewestLeaf = "SELECT MAX(leaf_index) FROM audit_event WHERE account_id = @account AND event = @event";

    public const string Halfway = $"""
        SELECT {OversightSql.Columns} FROM approval a
        WHERE a.account_id = @account AND a.status = 'pending' AND a.kind = 'outbound' AND a.live = 1 AND a.escalated_at IS NULL
        AND (a.created_at + a.expires_at) / 2 <= @now
        ORDER BY (a.created_at + a.expires_at) / 2 LIMIT @limit
        """;

    public const string Escalate = """
        UPDATE approval SET escalated_at = @now WHERE account_id = @account AND id = @id AND status = 'pending' AND escalated_at IS NULL
        """;

    public const string NextDue = "SELECT MIN(COALESCE(lease_until, due_at)) FROM notice WHERE account_id = @account";

    public const string Open = """
        INSERT INTO notice (id, account_id, kind, address, from_leaf, to_leaf, created_at, due_at, tries, lost, fence)
        VALUES (@id, @account, @kind, @address, @from, @to, @created, @due, 0, 0, 0)
        ON CONFLICT (account_id, kind) DO UPDATE SET to_leaf = excluded.to_leaf, address = excluded.address
        """;

    public const string Claim = """
        UPDATE notice SET lost = lost + (lease_owner IS NOT NULL), lease_owner = @owner, lease_until = @until, fence = fence + 1, tries = tries + 1
        WHERE account_id = @account AND id = (
          SELECT n.id FROM notice n WHERE n.account_id = @account AND COALESCE(n.lease_until, n.due_at) <= @now ORDER BY n.due_at, n.id LIMIT 1)
        RETURNING id, account_id, kind, address, from_leaf, to_leaf, created_at, tries, lost, fence, lease_owner
        """;

    private const string Mine = "WHERE account_id = @account AND id = @id AND lease_owner = @owner AND fence = @fence";

    public const string Postpone = $"UPDATE notice SET due_at = @due, lost = lost + @lost, lease_owner = NULL, lease_until = NULL {Mine}";

    /// <summary>What came while it was on its way is a notice of its own.</summary>
    public const string Follow = $"""
        UPDATE notice SET id = @rest, from_leaf = @to, created_at = @created, due_at = @due, tries = 0, lost = 0, lease_owner = NULL, lease_until = NULL
        {Mine} AND to_leaf > @to
        """;

    public const string End = $"DELETE FROM notice {Mine}";

    public const string BeginReading = """
        INSERT INTO notice_state (account_id, read_leaf) VALUES (@account, @to) ON CONFLICT (account_id) DO NOTHING
        """;

    public const string NoteRead = "UPDATE notice_state SET read_leaf = @to WHERE account_id = @account AND read_leaf = @from";

    public const string NoteSent = """
        UPDATE notice_state SET sent_at = @now, failed_at = NULL, failure = NULL,
        summary_at = CASE @kind WHEN 'summary' THEN @now ELSE summary_at END, escalation_at = CASE @kind WHEN 'escalation' THEN @now ELSE escalation_at END
        WHERE account_id = @account
        """;

    public const string NoteFailed = "UPDATE notice_state SET failed_at = @now, failure = @failure WHERE account_id = @account";
}
