using System.Text;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<KeptMessage>> KeptMessagesAsync(AccountId account, MessageId? after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId, long, int), IReadOnlyList<KeptMessage>>(
            (account, after?.Value ?? 0, limit),
            static (db, a) => [.. db.Prepare(PrivacySql.Kept).Bind(a.Item1.Value).Bind(a.Item2).Bind(a.Item3).All(MessageRows.Message).Select(m => PrivacyRows.Kept(db, m))],
            cancellationToken);

    public ValueTask<IReadOnlyList<byte[]>> TextsAsync(AccountId account, TextPlace place, Func<byte[], bool> wanted, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, TextPlace Place, Func<byte[], bool> Wanted), IReadOnlyList<byte[]>>(
            (account, place, wanted),
            static (db, a) => [.. db.Prepare(PrivacyPlaces.Texts(a.Place)).Bind(a.Account.Value)
                .All(s => s.BlobOrNull() is { } text && a.Wanted(text) ? text : null).OfType<byte[]>().DistinctBy(Convert.ToHexString, StringComparer.Ordinal)],
            cancellationToken);

    public ValueTask<IReadOnlyList<byte[]>> LooseRawAsync(AccountId account, byte[]? after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, byte[] After, int Limit), IReadOnlyList<byte[]>>(
            (account, after ?? [], limit),
            static (db, a) => db.Prepare(PrivacySql.Loose).Bind(a.Account.Value).Bind(a.After).Bind(a.Limit).All(static s => s.Blob()), cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> OlderThanAsync(AccountId account, MailboxId mailbox, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, MailboxId Mailbox, DateTimeOffset Before, int Limit), IReadOnlyList<MessageId>>(
            (account, mailbox, before, limit),
            static (db, a) => db.Prepare(PrivacySql.Older).Bind(a.Mailbox.Value).Bind(a.Account.Value).Bind(a.Before).Bind(a.Limit).All(static s => new MessageId(s.Long())),
            cancellationToken);

    public ValueTask<string?> ErasedForAsync(AccountId account, MessageId message, CancellationToken cancellationToken) =>
        OneAsync(PrivacySql.ErasedFor, account, message.Value, static s => s.Text(), cancellationToken);
}

/// <summary>Everything that is kept of one message.</summary>
internal static class PrivacyRows
{
    // Who wrote it and to whom it goes; then what it says. Each statement's columns are texts or bytes.
    private static readonly string[] Words = [PrivacySql.Draft, PrivacySql.Heads, PrivacySql.Intents, PrivacySql.Reasons, PrivacySql.Errors];

    public static KeptMessage Kept(SqliteDb db, Message message)
    {
        var (account, id) = (message.Account.Value, message.Id.Value);
        var pieces = new List<KeptPiece>();
        var raw = new List<byte[]>();
        if (message.RawSha256.Length > 0)
        {
            raw.Add(message.RawSha256);
        }

        Add(pieces, isParty: true, [message.FromAddress, .. message.To, .. message.Cc, .. message.Bcc]);
        Add(pieces, isParty: false, [message.FromName, message.Subject, message.Snippet, message.BodyText, message.MessageIdField, message.InReplyTo, message.Basis, message.RiskFlags]);
        Add(pieces, isParty: false, message.Tags.SelectMany(t => new[] { t.Key, t.Value }));
        foreach (var (address, detail) in All(PrivacySql.Recipients, static s => (s.BlobOrNull(), s.BlobOrNull())))
        {
            Add(pieces, isParty: true, address);
            Add(pieces, isParty: false, detail);
        }

        foreach (var (path, auth, identity) in All(PrivacySql.Source, static s => (s.BlobOrNull(), s.BlobOrNull(), s.BlobOrNull())))
        {
            Add(pieces, isParty: true, path);
            Add(pieces, isParty: false, auth);
            Add(pieces, isParty: false, identity);
        }

        foreach (var (sha256, manifest, authored) in All(PrivacySql.Revisions, static s => (s.Blob(), s.BlobOrNull(), s.BlobOrNull())))
        {
            raw.Add(sha256);
            Add(pieces, isParty: false, manifest);
            Add(pieces, isParty: false, authored);
        }

        foreach (var (sha256, name) in All(PrivacySql.Attachments, static s => (s.Blob(), s.BlobOrNull())))
        {
            raw.Add(sha256);
            Add(pieces, isParty: false, name);
        }

        foreach (var sql in Words)
        {
            All(sql, static s => s.BlobOrNull()).ForEach(text => Add(pieces, isParty: false, text));
        }

        raw.AddRange(Files(db, message.Account, message.Id));
        return new KeptMessage(message, pieces, [.. raw.Where(r => r.Length > 0).DistinctBy(Convert.ToHexString, StringComparer.Ordinal)]);

        List<T> All<T>(string sql, Func<Statement, T> row) => db.Prepare(sql).Bind(account).Bind(id).All(row);
    }

    /// <summary>Hashes of the files that its author attached, in all its forms.</summary>
    public static IEnumerable<byte[]> Files(SqliteDb db, AccountId account, MessageId id) =>
        new[] { PrivacySql.RevisionFiles, PrivacySql.DraftFiles }
            .SelectMany(sql => db.Prepare(sql).Bind(account.Value).Bind(id.Value).All(static s => s.TextOrNull()))
            .OfType<string>().Select(Convert.FromBase64String);

    private static void Add(List<KeptPiece> pieces, bool isParty, IEnumerable<string?> texts) =>
        pieces.AddRange(texts.Where(t => !string.IsNullOrEmpty(t)).Select(t => new KeptPiece(isParty, Encoding.UTF8.GetBytes(t!))));

    private static void Add(List<KeptPiece> pieces, bool isParty, byte[]? text)
    {
        if (text is { Length: > 0 })
        {
            pieces.Add(new KeptPiece(isParty, text));
        }
    }
}
