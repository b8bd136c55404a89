using System.Security.Cryptography;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<Message?> MessageAsync(AccountId account, MessageId id, CancellationToken cancellationToken) =>
        OneAsync(MessageSql.Get, account, id.Value, MessageRows.Message, cancellationToken);

    public ValueTask<MessagePage> MessagesAsync(MessageQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync(query, MessageLists.List, cancellationToken);

    public ValueTask<MessagePage> SearchAsync(MessageQuery query, SearchTerms terms, CancellationToken cancellationToken) =>
        _readers.ReadAsync((query, terms), static (db, a) => MessageLists.Search(db, a.query, a.terms), cancellationToken);

    public ValueTask<IReadOnlyList<Recipient>> RecipientsOfAsync(AccountId account, MessageId id, CancellationToken cancellationToken) =>
        ListAsync(MessageSql.Recipients, account, id.Value, MessageRows.Recipient, cancellationToken);

    public ValueTask<IReadOnlyList<Attachment>> AttachmentsAsync(AccountId account, MessageId id, CancellationToken cancellationToken) =>
        ListAsync(MessageSql.Attachments, account, id.Value, MessageRows.Attachment, cancellationToken);

    public ValueTask<IReadOnlyList<Revision>> RevisionsAsync(AccountId account, MessageId id, CancellationToken cancellationToken) =>
        ListAsync(MessageSql.Revisions, account, id.Value, MessageRows.Revision, cancellationToken);

    public ValueTask<MailThread?> ThreadAsync(AccountId account, ThreadId id, CancellationToken cancellationToken) =>
        OneAsync(MessageSql.Thread, account, id.Value, MessageRows.Thread, cancellationToken);

    /// <exception cref="InvalidDataException">The stored bytes are not those of this hash.</exception>
    public async ValueTask<byte[]?> RawAsync(AccountId account, byte[] sha256, CancellationToken cancellationToken)
    {
        var (found, bytes) = await _readers.ReadAsync((account, sha256), static (db, a) =>
            db.Prepare(MessageSql.Raw).Bind(a.account.Value).Bind(a.sha256).First(static s => (true, s.BlobOrNull())), cancellationToken).ConfigureAwait(false);
        if (!found)
        {
            return null;
        }

        bytes ??= _blobs.Read(account, sha256);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(sha256)
            ? bytes : throw new InvalidDataException("The stored bytes of a message are not those of its hash.");
    }
}
