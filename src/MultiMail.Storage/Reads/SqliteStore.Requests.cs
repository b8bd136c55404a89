namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<ChangeRequest?> RequestAsync(AccountId account, RequestId id, CancellationToken cancellationToken) =>
        OneAsync(RequestSql.Get, account, id.Value, RequestRows.Request, cancellationToken);

    public ValueTask<IReadOnlyList<ChangeRequest>> RequestsAsync(ChangeRequestQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync<ChangeRequestQuery, IReadOnlyList<ChangeRequest>>(
            query,
            static (db, q) => Matching(db.Prepare(RequestSql.Page), q).Bind(q.Cursor?.Value ?? long.MaxValue).Bind(q.Limit).All(RequestRows.Request),
            cancellationToken);

    public ValueTask<int> CountRequestsAsync(ChangeRequestQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            query,
            static (db, q) => q.Status is RequestStatus.Pending
                ? db.Prepare(RequestSql.CountWaiting).Bind(q.Account.Value).Bind(q.Lineage).Bind(TextLists.WriteIds(q.Mailboxes)).First(static s => s.Int())
                : Matching(db.Prepare(RequestSql.Count), q).First(static s => s.Int()),
            cancellationToken);

    public ValueTask<IReadOnlyList<RequestDecision>> RequestDecisionsOfAsync(AccountId account, RequestId id, CancellationToken cancellationToken) =>
        ListAsync(RequestSql.Decisions, account, id.Value, RequestRows.Decision, cancellationToken);

    public ValueTask<IReadOnlyList<ChangeRequest>> ExpiredRequestsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(DateTimeOffset Now, int Limit), IReadOnlyList<ChangeRequest>>(
            (now, limit), static (db, a) => db.Prepare(RequestSql.Expired).Bind(a.Now).Bind(a.Limit).All(RequestRows.Request), cancellationToken);

    private static Statement Matching(Statement s, ChangeRequestQuery q) => s
        .Bind(q.Account.Value).Bind(q.Lineage).Bind(q.Status is { } status ? RequestStatuses.Name(status) : null).Bind(TextLists.WriteIds(q.Mailboxes));
}
