namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<FolderPosition?> ImapPositionAsync(ImapSourceKey key, CancellationToken cancellationToken) => _readers.ReadAsync(
        key,
        static (db, k) => db.Prepare(ImapSql.Position).Bind(k.Account.Value).Bind(k.Mailbox.Value).Bind(k.Source).First(Position),
        cancellationToken);

    public ValueTask<IReadOnlyList<QuarantinedUid>> QuarantinedUidsAsync(AccountId account, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, int Limit), IReadOnlyList<QuarantinedUid>>(
            (account, limit), static (db, a) => db.Prepare(ImapSql.Quarantined).Bind(a.Account.Value).Bind(a.Limit).All(Quarantined), cancellationToken);

    private static FolderPosition Position(Statement s) => new((uint)s.Long(), (uint)s.Long(), s.TimeOrNull(), (uint)s.Long());

    private static QuarantinedUid Quarantined(Statement s) =>
        new(new MailboxId(s.Long()), s.Text(), (uint)s.Long(), (uint)s.Long(), s.Time(), s.Text());
}
