namespace MultiMail.Storage.Sql;

internal static class AuditSql
{
    private const string Entry = "leaf_index, at, entry, leaf_hash";

    public const string Head = "SELECT account_id, log_id, origin, tree_size, edge, last_at FROM audit_log WHERE account_id = @account";

    public const string Create = """
        INSERT INTO audit_log (account_id, log_id, origin, tree_size, edge, last_at) VALUES (@account, @log, @origin, @size, @edge, @at)
        """;

    public const string SetHead = "UPDATE audit_log SET tree_size = @size, edge = @edge, last_at = @at WHERE account_id = @account";

    public const string InsertLeaf = """
        INSERT INTO audit_event (account_id, leaf_index, at, event, actor, mailbox_id, message_id, leaf_hash, entry)
        VALUES (@account, @index, @at, @event, @actor, @mailbox, @message, @hash, @entry)
        """;

    public const string Entries =
        $"SELECT {Entry} FROM audit_event WHERE account_id = @account AND leaf_index >= @from ORDER BY leaf_index LIMIT @limit";

    private const string Filter = """
        account_id = @account AND leaf_index < @before AND (@mailbox IS NULL OR mailbox_id = @mailbox)
        AND (@actor IS NULL OR actor = @actor) AND (@event IS NULL OR event = @event) AND (@since IS NULL OR at >= @since)
        """;

    public const string Query = $"SELECT {Entry} FROM audit_event WHERE {Filter} ORDER BY leaf_index DESC LIMIT @limit";

    public const string QueryMessage =
        $"SELECT {Entry} FROM audit_event WHERE {Filter} AND message_id = @message ORDER BY leaf_index DESC LIMIT @limit";

    public const string QueryEvent =
        $"SELECT {Entry} FROM audit_event INDEXED BY audit_event_name WHERE {Filter} AND event = @event ORDER BY leaf_index DESC LIMIT @limit";

    private const string CheckpointColumns = "tree_size, root, at, note";

    public const string Checkpoints =
        $"SELECT {CheckpointColumns} FROM audit_checkpoint WHERE account_id = @account ORDER BY tree_size";

    public const string LatestCheckpoint =
        $"SELECT {CheckpointColumns} FROM audit_checkpoint WHERE account_id = @account ORDER BY tree_size DESC LIMIT 1";

    /// <summary>A size has one root for ever; only time and note of its checkpoint may be signed anew.</summary>
    public const string KeepCheckpoint = """
        INSERT INTO audit_checkpoint (account_id, tree_size, root, at, note) VALUES (@account, @size, @root, @at, @note)
        ON CONFLICT (account_id, tree_size) DO UPDATE SET at = excluded.at, note = excluded.note WHERE audit_checkpoint.root = excluded.root
        """;

    public const string Opening = "SELECT subject_id, wrapped_key, sealed FROM commitment WHERE account_id = @account AND subject_id = @message";

    public const string KeepOpening = """
        INSERT INTO commitment (subject_id, account_id, wrapped_key, sealed) VALUES (@message, @account, @key, @sealed)
        ON CONFLICT (subject_id) DO UPDATE SET wrapped_key = excluded.wrapped_key, sealed = excluded.sealed
        WHERE commitment.account_id = excluded.account_id
        """;
}
