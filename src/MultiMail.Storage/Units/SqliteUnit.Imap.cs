namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<StoreLease?> ClaimLeaseAsync(string name, string owner, TimeSpan length)
    {
        var fence = Use(LeaseSql.Claim).Bind(name).Bind(owner).Bind(now + length).Bind(now).First(static s => s.LongOrNull());
        return ValueTask.FromResult(fence is { } number ? new StoreLease(name, owner, number) : null);
    }

    public ValueTask<bool> HoldsLeaseAsync(StoreLease lease) => ValueTask.FromResult(
        Use(LeaseSql.Holds).Bind(lease.Name).Bind(lease.Owner).Bind(lease.Fence).Bind(now).First(static s => s.Flag()));

    public ValueTask ReleaseLeaseAsync(StoreLease lease) =>
        Done(Use(LeaseSql.Release).Bind(lease.Name).Bind(lease.Owner).Bind(lease.Fence).Run());

    public ValueTask SetImapPositionAsync(ImapSourceKey key, FolderPosition position) => Done(OfSource(Use(ImapSql.SetPosition), key)
        .Bind((long)position.UidValidity).Bind((long)position.LastUid).Bind(position.Since).Bind((long)position.RelistTo).Run());

    public ValueTask QuarantineUidAsync(ImapSourceKey key, uint uidValidity, uint uid, string reason) => Done(OfSource(Use(ImapSql.Quarantine), key)
        .Bind((long)uidValidity).Bind((long)uid).Bind(now).Bind(reason).Run());

    public ValueTask<bool> HasArrivedAsync(AccountId account, MailboxId mailbox, string dedupeKey) => ValueTask.FromResult(
        Use(ImapSql.Arrived).Bind(account.Value).Bind(mailbox.Value).Bind(dedupeKey).First(static s => s.Flag()));

    private static Statement OfSource(Statement statement, ImapSourceKey key) =>
        statement.Bind(key.Account.Value).Bind(key.Mailbox.Value).Bind(key.Source);
}
