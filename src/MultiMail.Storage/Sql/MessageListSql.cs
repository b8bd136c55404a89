namespace MultiMail.Storage.Sql;

/// <summary>
/// Lists of messages. Every condition is always there and switched off by NULL, so that each list is one text and one
/// prepared statement. Time conditions and cursors meet in one range of (received_at, id), which the indexes serve.
/// </summary>
internal static class MessageListSql
{
    /// <summary>Bound in this order by every list.</summary>
    private const string Conditions = """
        m.account_id = @account AND (m.received_at, m.id) > (@fromAt, @fromId) AND (m.received_at, m.id) < (@toAt, @toId)
        AND (@live IS NULL OR m.live = @live) AND (@direction IS NULL OR m.direction = @direction)
        AND (@folder IS NULL OR m.folder = @folder)
        AND (@states IS NULL OR m.status IN (SELECT value FROM json_each(@states)))
        AND (@notStates IS NULL OR m.status NOT IN (SELECT value FROM json_each(@notStates)))
        AND (@unsentOf IS NULL OR m.direction = 'inbound' OR m.status IN ('sending', 'delivered', 'bounced', 'failed') OR m.lineage = @unsentOf)
        AND (@unread IS NULL OR m.unread = @unread)
        AND (@attachments IS NULL OR (m.attachments > 0) = @attachments)
        AND (@from IS NULL OR has_part(m.from_addr, @from) OR has_part(m.from_name, @from))
        AND (@to IS NULL OR has_part(m.to_addrs, @to) OR has_part(m.cc_addrs, @to) OR has_part(m.bcc_addrs, @to))
        AND (@subject IS NULL OR has_part(m.subject, @subject))
        AND (@tag IS NULL OR EXISTS (SELECT 1 FROM message_tag t WHERE t.account_id = m.account_id AND t.message_id = m.id
          AND t.tag = @tag AND (@tagValue IS NULL OR t.value = @tagValue)))
        AND (@thread IS NULL OR m.thread_id = @thread)
        AND (@mailboxes IS NULL OR m.mailbox_id IN (SELECT value FROM json_each(@mailboxes)))
        """;

    private const string Newest = "ORDER BY m.received_at DESC, m.id DESC LIMIT @limit";

    private const string InThread = $"FROM message m INDEXED BY message_thread WHERE {Conditions} AND m.thread_id = @thread";

    private const string InMailbox = $"FROM message m INDEXED BY message_mailbox WHERE {Conditions} AND m.mailbox_id = @one";

    /// <summary>Takes the newest of each mailbox by its index, then the newest of those: no index over the account is needed.</summary>
    private const string InAny = $"""
        FROM mailbox b CROSS JOIN message m ON m.id IN (
          SELECT m.id {InAnyOne} {Newest})
        WHERE b.account_id = @account AND (@mailboxes IS NULL OR b.id IN (SELECT value FROM json_each(@mailboxes)))
        """;

    private const string InAnyOne = $"FROM message m INDEXED BY message_mailbox WHERE {Conditions} AND m.mailbox_id = b.id";

    private const string ByWords = $"""
        FROM message_fts f CROSS JOIN message m ON m.id = f.rowid WHERE message_fts MATCH @match AND f.rowid < @beforeId AND {Conditions}
        """;

    private const string WithoutWords = $"""
        FROM message m WHERE m.id NOT IN (SELECT rowid FROM message_fts WHERE message_fts MATCH @match) AND m.id < @beforeId AND {Conditions}
        """;

    // The index lies in the order of ids, which is the order of arrival; ranking by it costs nothing.
    private const string NewestId = "ORDER BY m.id DESC LIMIT @limit";

    public const string PageInThread = $"SELECT {MessageSql.Columns} {InThread} {Newest}";
    public const string CountInThread = $"SELECT COUNT(*) FROM (SELECT 1 {InThread} LIMIT @limit)";

    public const string PageInMailbox = $"SELECT {MessageSql.Columns} {InMailbox} {Newest}";
    public const string CountInMailbox = $"SELECT COUNT(*) FROM (SELECT 1 {InMailbox} LIMIT @limit)";

    public const string PageInAny = $"""
        SELECT {MessageSql.Columns} FROM message m
        WHERE m.account_id = @account AND m.id IN (SELECT m.id {InAny} {Newest}) {Newest}
        """;

    public const string CountInAny = $"""
        SELECT COUNT(*) FROM (SELECT 1 FROM mailbox b CROSS JOIN message m INDEXED BY message_mailbox ON m.mailbox_id = b.id
        WHERE b.account_id = @account AND {Conditions} LIMIT @limit)
        """;

    public const string PageByWords = $"SELECT {MessageSql.Columns} {ByWords} ORDER BY f.rowid DESC LIMIT @limit";
    public const string CountByWords = $"SELECT COUNT(*) FROM (SELECT 1 {ByWords} LIMIT @limit)";
    public const string PageWithoutWords = $"SELECT {MessageSql.Columns} {WithoutWords} {NewestId}";
    public const string CountWithoutWords = $"SELECT COUNT(*) FROM (SELECT 1 {WithoutWords} LIMIT @limit)";
}
