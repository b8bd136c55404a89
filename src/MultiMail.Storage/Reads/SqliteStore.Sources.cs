namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<MessageSource?> SourceAsync(AccountId account, MessageId id, CancellationToken cancellationToken) =>
        OneAsync(SourceSql.Get, account, id.Value, SourceRows.Source, cancellationToken);
}
