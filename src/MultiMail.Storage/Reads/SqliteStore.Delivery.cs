namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<MessageHead?> HeadAsync(AccountId account, MessageId message, int revision, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, message, revision),
            static (db, a) => db.Prepare(HeadSql.Get).Bind(a.account.Value).Bind(a.message.Value).Bind(a.revision).First(DeliveryRows.Head),
            cancellationToken);
}
