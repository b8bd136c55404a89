using MultiMail.Core.Notices;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<NoticeState?> NoticeStateAsync(AccountId account, CancellationToken cancellationToken) =>
        _readers.ReadAsync(account, static (db, a) => db.Prepare(NoticeSql.State).Bind(a.Value).First(NoticeRows.State), cancellationToken);

    public ValueTask<IReadOnlyList<NoticeNews>> NoticeNewsAsync(NoticeNewsQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync<NoticeNewsQuery, IReadOnlyList<NoticeNews>>(
            query,
            static (db, q) => db.Prepare(NoticeSql.News).Bind(q.Account.Value).Bind(q.Name).Bind(q.After).Bind(q.UpTo).Bind(q.Limit).All(NoticeRows.News),
            cancellationToken);

    public ValueTask<long?> NewestLeafAsync(AccountId account, string name, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, name), static (db, a) => db.Prepare(NoticeSql.NewestLeaf).Bind(a.account.Value).Bind(a.name).First(static s => s.LongOrNull()), cancellationToken);

    public ValueTask<IReadOnlyList<Approval>> HalfwayApprovalsAsync(AccountId account, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, DateTimeOffset Now, int Limit), IReadOnlyList<Approval>>(
            (account, now, limit),
            static (db, a) => db.Prepare(NoticeSql.Halfway).Bind(a.Account.Value).Bind(a.Now).Bind(a.Limit).All(OversightRows.Approval),
            cancellationToken);

    public ValueTask<DateTimeOffset?> NextNoticeDueAsync(AccountId account, CancellationToken cancellationToken) =>
        _readers.ReadAsync(account, static (db, a) => db.Prepare(NoticeSql.NextDue).Bind(a.Value).First(static s => s.TimeOrNull()), cancellationToken);
}
