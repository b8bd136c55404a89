namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<PendingItem>> PendingAsync(PendingQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync<PendingQuery, IReadOnlyList<PendingItem>>(
            query,
            static (db, q) => Queue(db.Prepare(OversightSql.Pending), q).Bind(q.Cursor?.Value ?? long.MaxValue).Bind(q.Limit).All(OversightRows.PendingItem),
            cancellationToken);

    public ValueTask<int> CountPendingAsync(PendingQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync(query, static (db, q) => Queue(db.Prepare(OversightSql.CountPending), q).First(static s => s.Int()), cancellationToken);

    public ValueTask<PendingItem?> PendingItemAsync(AccountId account, MessageId message, CancellationToken cancellationToken) =>
        OneAsync(OversightSql.PendingItem, account, message.Value, OversightRows.PendingItem, cancellationToken);

    public ValueTask<IReadOnlyList<Decision>> DecisionsAsync(AccountId account, MessageId message, CancellationToken cancellationToken) =>
        ListAsync(OversightSql.Decisions, account, message.Value, OversightRows.Decision, cancellationToken);

    public ValueTask<IReadOnlyList<Approval>> ExpiredApprovalsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(DateTimeOffset Now, int Limit), IReadOnlyList<Approval>>(
            (now, limit), static (db, a) => db.Prepare(OversightSql.Expired).Bind(a.Now).Bind(a.Limit).All(OversightRows.Approval), cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(0, static (db, _) => db.Prepare(OutboxSql.NextDue).First(static s => s.TimeOrNull()), cancellationToken);

    public ValueTask<IReadOnlyList<DomainEvent>> EventsAsync(AccountId account, string? type, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, string? Type, int Limit), IReadOnlyList<DomainEvent>>(
            (account, type, limit),
            static (db, a) => (a.Type is null
                ? db.Prepare(EventSql.Newest).Bind(a.Account.Value)
                : db.Prepare(EventSql.NewestOfType).Bind(a.Account.Value).Bind(a.Type)).Bind(a.Limit).All(OversightRows.Event),
            cancellationToken);

    private static Statement Queue(Statement s, PendingQuery q) => s
        .Bind(q.Account.Value).Bind(q.World is { } world ? world is World.Live : null).Bind(q.Lineage).Bind(q.Kind).Bind(q.OlderThan)
        .Bind(TextLists.WriteIds(q.Mailboxes));
}
