namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<Suppressed>> SuppressionsAsync(SuppressionQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync<SuppressionQuery, IReadOnlyList<Suppressed>>(
            query,
            static (db, q) =>
            {
                var blank = q.After.LastIndexOf(' ');
                var (key, reason) = blank < 0 ? (q.After, string.Empty) : (q.After[..blank], q.After[(blank + 1)..]);
                var statement = q.Names is null
                    ? db.Prepare(SuppressionSql.Page).Bind(q.Account.Value)
                    : db.Prepare(SuppressionSql.OfNames).Bind(q.Account.Value).Bind(TextLists.Write([.. q.Names.Select(Suppressed.KeyOf)]));
                return statement.Bind(key).Bind(reason)
                    .Bind(q.Reason is { } only ? EnumNames<SuppressionReason>.Of(only) : null).Bind(q.Part).Bind(q.Limit).All(DeliveryRows.Suppressed);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<LiftedSuppression>> LiftedSuppressionsAsync(AccountId account, string? address, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, string? Address, int Limit), IReadOnlyList<LiftedSuppression>>(
            (account, address, limit),
            static (db, a) => a.Address is null
                ? db.Prepare(SuppressionSql.Lifted).Bind(a.Account.Value).Bind(a.Limit).All(DeliveryRows.Lifted)
                : db.Prepare(SuppressionSql.LiftedOf).Bind(a.Account.Value).Bind(Suppressed.KeyOf(a.Address)).Bind(a.Limit).All(DeliveryRows.Lifted),
            cancellationToken);

    public ValueTask<SentCounts> SentCountsAsync(AccountId account, MailboxId mailbox, int last, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, mailbox, last),
            static (db, a) => db.Prepare(ReputationSql.Counts).Bind(a.account.Value).Bind(a.mailbox.Value).Bind(a.last).First(DeliveryRows.Counts)!,
            cancellationToken);
}
