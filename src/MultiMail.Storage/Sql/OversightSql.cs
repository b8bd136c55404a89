namespace MultiMail.Storage.Sql;

internal static class OversightSql
{
    internal const string Columns = """
        a.id, a.account_id, a.message_id, a.mailbox_id, a.kind, a.revision, a.digest, a.live, a.submitted_by, a.lineage, a.risk, a.intent,
        a.created_at, a.expires_at
        """;

    private const string DecisionColumns =
        "d.id, d.account_id, d.approval_id, d.message_id, d.decision, d.decided_by, d.owner, d.channel, d.reason, d.digest, d.decided_at";

    public const string Open = """
        INSERT INTO approval (id, account_id, message_id, mailbox_id, kind, revision, digest, live, submitted_by, lineage, risk, intent,
        created_at, expires_at, status)
        VALUES (@id, @account, @message, @mailbox, @kind, @revision, @digest, @live, @by, @lineage, @risk, @intent, @created, @expires, 'pending')
        """;

    public const string FindOpen =
        $"SELECT {Columns} FROM approval a WHERE a.account_id = @account AND a.message_id = @message AND a.status = 'pending'";

    public const string CountOpen = """
        SELECT COUNT(*) FROM approval WHERE account_id = @account AND status = 'pending' AND kind = 'outbound'
        AND mailbox_id = @mailbox AND live = @live AND lineage = @lineage
        """;

    public const string Close = "UPDATE approval SET status = @status WHERE account_id = @account AND id = @id AND status = 'pending'";

    public const string MailboxOf = "SELECT mailbox_id FROM approval WHERE account_id = @account AND id = @id";

    public const string Decide = """
        INSERT INTO decision (id, account_id, approval_id, message_id, decision, decided_by, owner, channel, reason, digest, decided_at)
        VALUES (@id, @account, @approval, @message, @verb, @by, @owner, @channel, @reason, @digest, @at)
        """;

    public const string Standing = $"""
        SELECT {DecisionColumns} FROM decision d JOIN approval a ON a.id = d.approval_id AND a.account_id = d.account_id
        WHERE d.account_id = @account AND d.message_id = @message AND d.decision = 'approve' AND d.voided = 0
        AND a.revision = @revision AND a.status <> 'void' ORDER BY a.id, d.id
        """;

    public const string Void =
        "UPDATE decision SET voided = 1 WHERE account_id = @account AND message_id = @message AND voided = 0";

    public const string Decisions =
        $"SELECT {DecisionColumns} FROM decision d WHERE d.account_id = @account AND d.message_id = @message ORDER BY d.id";

    private const string Queue = """
        a.account_id = @account AND a.status = 'pending' AND (@live IS NULL OR a.live = @live)
        AND (@lineage IS NULL OR a.lineage = @lineage) AND (@kind IS NULL OR a.kind = @kind)
        AND (@olderThan IS NULL OR a.created_at < @olderThan)
        AND (@mailboxes IS NULL OR a.mailbox_id IN (SELECT value FROM json_each(@mailboxes)))
        """;

    public const string Pending = $"""
        SELECT {Columns}, {MessageSql.Columns} FROM approval a JOIN message m ON m.id = a.message_id AND m.account_id = a.account_id
        WHERE {Queue} AND a.id < @cursor ORDER BY a.id DESC LIMIT @limit
        """;

    public const string CountPending = $"SELECT COUNT(*) FROM approval a WHERE {Queue}";

    public const string PendingItem = $"""
        SELECT {Columns}, {MessageSql.Columns} FROM approval a JOIN message m ON m.id = a.message_id AND m.account_id = a.account_id
        WHERE a.account_id = @account AND a.message_id = @message AND a.status = 'pending'
        """;

    public const string Expired =
        $"SELECT {Columns} FROM approval a WHERE a.status = 'pending' AND a.expires_at <= @now ORDER BY a.expires_at, a.id LIMIT @limit";
}
