namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask AppendLeafAsync(LeafDraft leaf)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        leaves.Add((leaf, now));
        return ValueTask.CompletedTask;
    }

    public ValueTask KeepOpeningAsync(AccountId account, SealedOpening opening) => MustBeOne(
        Use(AuditSql.KeepOpening).Bind(opening.Message.Value).Bind(account.Value).Bind(opening.WrappedKey).Bind(opening.Sealed).Run(), "message");

    public ValueTask CreateLogAsync(LogHead head) => Done(Use(AuditSql.Create)
        .Bind(head.Account.Value).Bind(head.LogId).Bind(head.Origin).Bind(head.Size).Bind(head.Edge).Bind(head.LastAt).Run());

    public ValueTask KeepCheckpointAsync(AccountId account, StoredCheckpoint checkpoint)
    {
        var kept = Use(AuditSql.KeepCheckpoint).Bind(account.Value).Bind(checkpoint.Size).Bind(checkpoint.Root).Bind(checkpoint.At).Bind(checkpoint.Note).Run();
        return kept == 1 ? ValueTask.CompletedTask
            : throw new InvalidDataException($"A checkpoint of size {checkpoint.Size} with another root was signed before: this log was rolled back.");
    }
}
