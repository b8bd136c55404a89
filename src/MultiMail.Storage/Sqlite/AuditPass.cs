namespace MultiMail.Storage.Sqlite;

/// <summary>
/// Gives the group's leaves their place, last in its transaction: each log's head is read inside it, because another
/// process may have appended since.
/// </summary>
internal sealed class AuditPass(SqliteDb db)
{
    public void Append(List<(LeafDraft Draft, DateTimeOffset At)> leaves)
    {
        if (leaves.Count == 0)
        {
            return;
        }

        var logs = new Dictionary<AccountId, LogSequencer>();
        foreach (var (draft, at) in leaves)
        {
            if (!logs.TryGetValue(draft.Account, out var log))
            {
                log = new LogSequencer(Head(draft.Account));
                logs.Add(draft.Account, log);
            }

            Insert(log.Append(draft, at));
        }

        foreach (var log in logs.Values)
        {
            var head = log.Head;
            db.Prepare(AuditSql.SetHead).Bind(head.Size).Bind(head.Edge).Bind(head.LastAt).Bind(head.Account.Value).Run();
        }
    }

    private LogHead Head(AccountId account) =>
        db.Prepare(AuditSql.Head).Bind(account.Value).First(AuditRows.Head)
        ?? throw new InvalidOperationException("The account has no audit log: nothing may happen in it.");

    private void Insert(SequencedLeaf leaf) => db.Prepare(AuditSql.InsertLeaf)
        .Bind(leaf.Draft.Account.Value).Bind(leaf.Index).Bind(leaf.At).Bind(leaf.Draft.Event).Bind(leaf.Draft.Actor.Id)
        .Bind(leaf.Draft.Mailbox?.Value).Bind(leaf.Draft.Message?.Value).Bind(leaf.LeafHash).Bind(leaf.Entry).Run();
}
