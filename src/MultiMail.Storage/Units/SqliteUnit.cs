namespace MultiMail.Storage;

/// <summary>One unit's verbs, on the writer thread, inside its savepoint. Every verb has finished when it returns.</summary>
internal sealed partial class SqliteUnit(SqliteDb db, BlobFiles blobs, DateTimeOffset now, List<(LeafDraft Draft, DateTimeOffset At)> leaves) : IWriteUnit
{
    private bool _closed;

    public DateTimeOffset Now => now;

    /// <summary>From here on a verb throws: the unit was left and its transaction may be another's.</summary>
    public void Close() => _closed = true;

    public ValueTask AddEventAsync(DomainEvent domainEvent) => Done(Use(EventSql.Insert)
        .Bind(domainEvent.Account.Value).Bind(domainEvent.Id.Value).Bind(domainEvent.Type).Bind(domainEvent.World is World.Live)
        .Bind(domainEvent.Mailbox?.Value).Bind(domainEvent.Message?.Value).Bind(domainEvent.CreatedAt).Bind(domainEvent.Body).Run());

    public ValueTask<IdempotentAnswer?> FindAnswerAsync(AccountId account, string scope, string key) => ValueTask.FromResult(
        Use(EventSql.Answer).Bind(account.Value).Bind(scope).Bind(key).Bind(now).First(OversightRows.Answer));

    public ValueTask KeepAnswerAsync(AccountId account, string scope, string key, IdempotentAnswer answer)
    {
        var kept = Use(EventSql.KeepAnswer).Bind(account.Value).Bind(scope).Bind(key)
            .Bind(answer.RequestSha256).Bind(answer.ExpiresAt).Bind(answer.Response).Bind(now).Run();
        return kept == 1 ? ValueTask.CompletedTask : throw new StoreConflictException("idempotency");
    }

    /// <summary>Moves a batch of waiting messages into the full-text index.</summary>
    public int IndexPending(int limit)
    {
        // FTS first: a message erased meanwhile leaves a marker without a row, which the join skips and the delete takes.
        var last = Use(SearchSql.LastOfBatch).Bind(limit).First(static s => s.LongOrNull());
        if (last is null)
        {
            return 0;
        }

        Use(SearchSql.Index).Bind(last).Run();
        return Use(SearchSql.Dequeue).Bind(last).Run();
    }

    private static ValueTask Done(int changedRows)
    {
        _ = changedRows;
        return ValueTask.CompletedTask;
    }

    private static ValueTask<bool> IfOne(int changedRows) => ValueTask.FromResult(changedRows == 1);

    private static ValueTask MustBeOne(int changedRows, string what)
    {
        RequireOne(changedRows, what);
        return ValueTask.CompletedTask;
    }

    /// <summary>A row that the caller has just read must be there.</summary>
    private static void RequireOne(int changedRows, string what)
    {
        if (changedRows != 1)
        {
            throw new InvalidOperationException($"There is no such {what} in this account.");
        }
    }

    private Statement Use(string sql)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return db.Prepare(sql);
    }
}
