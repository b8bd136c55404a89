namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<SigningKey>> SigningKeysAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(SigningKeySql.OfAccount, account, SigningKeyRows.Key, cancellationToken);

    public ValueTask<IReadOnlyList<Mailbox>> MailboxesOfAgentAsync(AccountId account, string agentId, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, string Agent), IReadOnlyList<Mailbox>>(
            (account, agentId),
            static (db, a) => db.Prepare(MailboxSql.OfAgent).Bind(a.Account.Value).Bind(a.Agent).All(AccountRows.Mailbox),
            cancellationToken);
}
