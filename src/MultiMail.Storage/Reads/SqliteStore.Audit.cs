namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<LogHead?> LogHeadAsync(AccountId account, CancellationToken cancellationToken) =>
        _readers.ReadAsync(account, static (db, a) => db.Prepare(AuditSql.Head).Bind(a.Value).First(AuditRows.Head), cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> LogEntriesAsync(AccountId account, long from, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, long From, int Limit), IReadOnlyList<AuditEntry>>(
            (account, from, limit),
            static (db, a) => db.Prepare(AuditSql.Entries).Bind(a.Account.Value).Bind(a.From).Bind(a.Limit).All(AuditRows.Entry),
            cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> QueryLogAsync(AuditQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync<AuditQuery, IReadOnlyList<AuditEntry>>(query, Query, cancellationToken);

    public ValueTask<IReadOnlyList<StoredCheckpoint>> CheckpointsAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(AuditSql.Checkpoints, account, AuditRows.Checkpoint, cancellationToken);

    public ValueTask<StoredCheckpoint?> LatestCheckpointAsync(AccountId account, CancellationToken cancellationToken) =>
        _readers.ReadAsync(account, static (db, a) => db.Prepare(AuditSql.LatestCheckpoint).Bind(a.Value).First(AuditRows.Checkpoint), cancellationToken);

    public ValueTask<SealedOpening?> OpeningAsync(AccountId account, MessageId message, CancellationToken cancellationToken) =>
        OneAsync(AuditSql.Opening, account, message.Value, AuditRows.Opening, cancellationToken);

    private static List<AuditEntry> Query(SqliteDb db, AuditQuery q)
    {
        var sql = q.Message is not null ? AuditSql.QueryMessage : q.Event is not null ? AuditSql.QueryEvent : AuditSql.Query;
        var statement = db.Prepare(sql)
            .Bind(q.Account.Value).Bind(q.Before ?? long.MaxValue).Bind(q.Mailbox?.Value).Bind(q.Actor).Bind(q.Event).Bind(q.Since);
        return (q.Message is { } message ? statement.Bind(message.Value) : statement).Bind(q.Limit).All(AuditRows.Entry);
    }
}
