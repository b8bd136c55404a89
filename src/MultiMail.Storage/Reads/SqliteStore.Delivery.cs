namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<MessageHead?> HeadAsync(AccountId account, MessageId message, int revision, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, message, revision),
            static (db, a) => db.Prepare(HeadSql.Get).Bind(a.account.Value).Bind(a.message.Value).Bind(a.revision).First(DeliveryRows.Head),
            cancellationToken);

    public ValueTask<IReadOnlyList<Suppressed>> SuppressionsAsync(AccountId account, string? address, string after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, string? Address, string After, int Limit), IReadOnlyList<Suppressed>>(
            (account, address, after, limit),
            static (db, a) =>
            {
                var blank = a.After.LastIndexOf(' ');
                var (key, reason) = blank < 0 ? (a.After, string.Empty) : (a.After[..blank], a.After[(blank + 1)..]);
                var query = a.Address is null
                    ? db.Prepare(SuppressionSql.Page).Bind(a.Account.Value)
                    : db.Prepare(SuppressionSql.OfAddress).Bind(a.Account.Value).Bind(Suppressed.KeyOf(a.Address));
                return query.Bind(key).Bind(reason).Bind(a.Limit).All(DeliveryRows.Suppressed);
            },
            cancellationToken);
}
