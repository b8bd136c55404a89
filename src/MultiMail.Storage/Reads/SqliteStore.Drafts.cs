namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<byte[]?> AuthoredAsync(AccountId account, MessageId message, int revision, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, message, revision),
            static (db, a) => db.Prepare(DraftSql.Draft).Bind(a.account.Value).Bind(a.message.Value).First(static s => s.BlobOrNull())
                ?? db.Prepare(DraftSql.Authored).Bind(a.account.Value).Bind(a.message.Value).Bind(a.revision).First(static s => s.BlobOrNull()),
            cancellationToken);

    public ValueTask<Attachment?> AttachmentAsync(AccountId account, AttachmentId id, CancellationToken cancellationToken) =>
        OneAsync(DraftSql.Attachment, account, id.Value, MessageRows.Attachment, cancellationToken);
}
