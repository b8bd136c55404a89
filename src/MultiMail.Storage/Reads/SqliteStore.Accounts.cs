namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<Account?> FirstAccountAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(0, static (db, _) => db.Prepare(AccountSql.First).First(AccountRows.Account), cancellationToken);

    public ValueTask<Account?> GetAccountAsync(AccountId account, CancellationToken cancellationToken) =>
        _readers.ReadAsync(account, static (db, a) => db.Prepare(AccountSql.Get).Bind(a.Value).First(AccountRows.Account), cancellationToken);

    public ValueTask<IReadOnlyList<Operator>> OperatorsAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(AccountSql.Operators, account, AccountRows.Operator, cancellationToken);

    public ValueTask<Operator?> OperatorByEmailAsync(string email, CancellationToken cancellationToken) =>
        _readers.ReadAsync(email, static (db, e) => db.Prepare(AccountSql.OperatorByEmail).Bind(e).First(AccountRows.Operator), cancellationToken);

    public ValueTask<Session?> SessionAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
        _readers.ReadAsync(tokenHash, static (db, h) => db.Prepare(AccountSql.Session).Bind(h).First(AccountRows.Session), cancellationToken);

    public ValueTask<IReadOnlyList<Domain>> DomainsAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(AccountSql.Domains, account, AccountRows.Domain, cancellationToken);

    public ValueTask<byte[]?> MetaAsync(string key, CancellationToken cancellationToken) =>
        _readers.ReadAsync(key, static (db, k) => db.Prepare(MetaSql.Get).Bind(k).First(static s => s.Blob()), cancellationToken);

    public ValueTask<ApiKey?> KeyByPrefixAsync(string prefix, CancellationToken cancellationToken) =>
        _readers.ReadAsync(prefix, static (db, p) => db.Prepare(ApiKeySql.ByPrefix).Bind(p).First(AccountRows.Key), cancellationToken);

    public ValueTask<IReadOnlyList<ApiKey>> KeysAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(ApiKeySql.OfAccount, account, AccountRows.Key, cancellationToken);

    public ValueTask<Mailbox?> MailboxByAddressAsync(AccountId account, string address, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, address),
            static (db, a) => db.Prepare(MailboxSql.ByAddress).Bind(a.account.Value).Bind(a.address).First(AccountRows.Mailbox),
            cancellationToken);

    public ValueTask<Mailbox?> MailboxAsync(AccountId account, MailboxId id, CancellationToken cancellationToken) =>
        OneAsync(MailboxSql.Get, account, id.Value, AccountRows.Mailbox, cancellationToken);

    public ValueTask<IReadOnlyList<Mailbox>> MailboxesAsync(AccountId account, MailboxId? after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, long After, int Limit), IReadOnlyList<Mailbox>>(
            (account, after?.Value ?? 0, limit),
            static (db, a) => db.Prepare(MailboxSql.Page).Bind(a.Account.Value).Bind(a.After).Bind(a.Limit).All(AccountRows.Mailbox),
            cancellationToken);

    public ValueTask<IReadOnlyList<MailboxLink>> LinksAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(LinkSql.OfAccount, account, AccountRows.Link, cancellationToken);

    public ValueTask<MailboxLink?> LinkAsync(AccountId account, MailboxId mailbox, CancellationToken cancellationToken) =>
        OneAsync(LinkSql.Get, account, mailbox.Value, AccountRows.Link, cancellationToken);

    public ValueTask<AddressFacts> AddressFactsAsync(AccountId account, IReadOnlyList<string> addresses, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account.Value, addresses),
            static (db, a) =>
            {
                var (account, addresses) = a;
                var mailboxes = db.Prepare(MailboxSql.OfAddresses).Bind(account).Bind(TextLists.Write(addresses)).All(AccountRows.Mailbox);
                var keys = TextLists.Write([.. addresses.Select(Suppressed.KeyOf)]);
                return new AddressFacts(
                    mailboxes,
                    mailboxes.Count == 0 ? [] : db.Prepare(LinkSql.WithRelay).Bind(account).Bind(TextLists.WriteIds([.. mailboxes.Select(m => m.Id)])).All(static s => new MailboxId(s.Long())),
                    db.Prepare(SuppressionSql.Standing).Bind(account).Bind(keys).All(DeliveryRows.Suppressed),
                    db.Prepare(AccountSql.Domains).Bind(account).All(AccountRows.Domain));
            },
            cancellationToken);

    private ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, AccountId account, Func<Statement, T> row, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(string Sql, AccountId Account, Func<Statement, T> Row), IReadOnlyList<T>>(
            (sql, account, row), static (db, a) => db.Prepare(a.Sql).Bind(a.Account.Value).All(a.Row), cancellationToken);

    private ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, AccountId account, long id, Func<Statement, T> row, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(string Sql, AccountId Account, long Id, Func<Statement, T> Row), IReadOnlyList<T>>(
            (sql, account, id, row), static (db, a) => db.Prepare(a.Sql).Bind(a.Account.Value).Bind(a.Id).All(a.Row), cancellationToken);

    private ValueTask<T?> OneAsync<T>(string sql, AccountId account, long id, Func<Statement, T> row, CancellationToken cancellationToken)
        where T : class =>
        _readers.ReadAsync((sql, account, id, row), static (db, a) => db.Prepare(a.sql).Bind(a.account.Value).Bind(a.id).First(a.row), cancellationToken);
}
