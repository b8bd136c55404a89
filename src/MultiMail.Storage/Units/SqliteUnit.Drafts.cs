namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<bool> ReviseAsync(NewMessage next, int expectedVersion, Moved moved)
    {
        var m = next.Message;
        var changed = Use(DraftSql.Revise).Bind(MessageStates.Name(moved.To)).Bind(m.HeldBefore || Holds(moved.To)).Bind(m.Revision).Bind(m.ReceivedAt)
            .Bind(m.SendAt).Bind(m.Size).Bind(m.AttachmentCount).Bind(m.Digest).Bind(m.RawSha256).Bind(m.InReplyTo)
            .Bind(m.SubmittedBy).Bind(m.Category).Bind(m.RiskFlags).Bind(m.FromName)
            .Bind(TextLists.Write(m.To)).Bind(TextLists.Write(m.Cc)).Bind(TextLists.Write(m.Bcc))
            .Bind(m.Subject).Bind(m.Snippet).Bind(m.BodyText).Bind(m.Tainted).Bind(m.Basis)
            .Bind(m.Account.Value).Bind(m.Id.Value).Bind(expectedVersion).Run();
        if (changed != 1)
        {
            return ValueTask.FromResult(false);
        }

        Use(DraftSql.RemoveRecipients).Bind(m.Account.Value).Bind(m.Id.Value).Run();
        Use(DraftSql.RemoveAttachments).Bind(m.Account.Value).Bind(m.Id.Value).Run();
        if (next.Revision is not null)
        {
            Use(DraftSql.Remove).Bind(m.Account.Value).Bind(m.Id.Value).Run();
            InsertRaw(m, next.Raw);
        }

        InsertParts(next);
        Use(DraftSql.RenameThread).Bind(m.Subject).Bind(m.Account.Value).Bind(m.Thread.Value).Run();
        return ValueTask.FromResult(true);
    }

    public ValueTask<string?> FindAuthorAsync(AccountId account, MessageId message, int revision) => ValueTask.FromResult(
        Use(DraftSql.Author).Bind(account.Value).Bind(message.Value).Bind(revision).First(static s => s.TextOrNull()));

    /// <summary>The files that an author gave, each once however often it is sent, and of a draft what was written.</summary>
    private void KeepAuthored(NewMessage message)
    {
        if (message.Authored is not { } authored)
        {
            return;
        }

        foreach (var (sha256, bytes) in authored.Files)
        {
            KeepRaw(message.Message.Account, sha256, bytes);
        }

        if (message.Revision is null)
        {
            Use(DraftSql.Keep).Bind(message.Message.Id.Value).Bind(message.Message.Account.Value).Bind(authored.Json).Run();
        }
    }
}
