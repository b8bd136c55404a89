namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<Message?> FindMessageAsync(AccountId account, MessageId id) =>
        ValueTask.FromResult(Use(MessageSql.Get).Bind(account.Value).Bind(id.Value).First(MessageRows.Message));

    public ValueTask InsertMessageAsync(NewMessage message, Moved moved)
    {
        var head = message.Message;
        if (head.State != moved.To)
        {
            throw new InvalidOperationException($"The message says {head.State}, the kernel {moved.To}.");
        }

        Use(MessageSql.Insert).Bind(head, moved.To, head.HeldBefore || Holds(moved.To)).Run();
        Use(SearchSql.Enqueue).Bind(head.Id.Value).Run();
        InsertRaw(head, message.Raw);
        InsertParts(message);
        Count(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> MoveAsync(AccountId account, MessageId id, MessageState from, int revision, Moved moved) =>
        IfOne(Use(MessageSql.Move).Bind(MessageStates.Name(moved.To)).Bind(Holds(moved.To))
            .Bind(account.Value).Bind(id.Value).Bind(MessageStates.Name(from)).Bind(revision).Run());

    public ValueTask ShowInboundAsync(AccountId account, MessageId id)
    {
        var place = Use(MessageSql.Place).Bind(account.Value).Bind(id.Value).First(static s => (Mailbox: s.Long(), Thread: s.Long(), Unread: s.Flag()));
        RequireOne(Use(MessageSql.Show).Bind(now).Bind(account.Value).Bind(id.Value).Run(), "inbound message");
        var added = place.Unread ? 0 : 1;
        Use(MailboxSql.AddUnread).Bind(added).Bind(account.Value).Bind(place.Mailbox).Run();
        return Done(Use(MessageSql.ShowInThread).Bind(added).Bind(now).Bind(account.Value).Bind(place.Thread).Run());
    }

    public ValueTask<IReadOnlyList<Recipient>> RecipientsAsync(AccountId account, MessageId id) => ValueTask.FromResult<IReadOnlyList<Recipient>>(
        Use(MessageSql.Recipients).Bind(account.Value).Bind(id.Value).All(MessageRows.Recipient));

    public ValueTask SetRecipientAsync(AccountId account, Recipient recipient) => MustBeOne(
        Use(MessageSql.SetRecipient).Bind(EnumNames<RecipientState>.Of(recipient.State)).Bind(recipient.Code).Bind(recipient.Detail)
            .Bind(recipient.NextAt).Bind(recipient.Lost).Bind(now).Bind(account.Value).Bind(recipient.Message.Value).Bind(recipient.Address).Run(),
        "recipient");

    public ValueTask<MailThread?> FindThreadAsync(AccountId account, ThreadId id) =>
        ValueTask.FromResult(Use(MessageSql.Thread).Bind(account.Value).Bind(id.Value).First(MessageRows.Thread));

    public ValueTask<Message?> FindByMessageIdFieldAsync(AccountId account, MailboxId mailbox, World world, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            var found = Use(MessageSql.ByMessageIdField).Bind(account.Value).Bind(mailbox.Value).Bind(field).Bind(world is World.Live).First(MessageRows.Message);
            if (found is not null)
            {
                return ValueTask.FromResult<Message?>(found);
            }
        }

        return ValueTask.FromResult<Message?>(null);
    }

    public ValueTask<ThreadId?> FindAwaitingThreadAsync(AccountId account, MailboxId mailbox, World world, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            var found = Use(MessageSql.AwaitedThread).Bind(account.Value).Bind(mailbox.Value).Bind(world is World.Live).Bind(field).First(static s => (ThreadId?)new ThreadId(s.Long()));
            if (found is not null)
            {
                return ValueTask.FromResult(found);
            }
        }

        return ValueTask.FromResult<ThreadId?>(null);
    }

    public ValueTask AwaitMessagesAsync(AccountId account, MailboxId mailbox, World world, ThreadId thread, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            Use(MessageSql.Await).Bind(account.Value).Bind(mailbox.Value).Bind(world is World.Live).Bind(field).Bind(thread.Value).Run();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask SetTagAsync(AccountId account, MessageId id, string tag, string value) =>
        Done(Use(MessageSql.SetTag).Bind(account.Value).Bind(id.Value).Bind(tag).Bind(value).Run());

    public ValueTask RemoveTagAsync(AccountId account, MessageId id, string tag) =>
        Done(Use(MessageSql.RemoveTag).Bind(account.Value).Bind(id.Value).Bind(tag).Run());

    private static bool Holds(MessageState state) => state is MessageState.Pending or MessageState.Held;

    private void InsertRaw(Message head, byte[] bytes)
    {
        if (head.RawSha256.Length == 0)
        {
            return;
        }

        KeepRaw(head.Account, head.RawSha256, bytes);
    }

    private void KeepRaw(AccountId account, byte[] sha256, byte[] bytes)
    {
        var large = bytes.Length > BlobFiles.InlineMost;
        if (large)
        {
            // There already when the caller stored it before the unit, as it should: then this costs a look.
            blobs.Store(account, sha256, bytes);
        }

        Use(MessageSql.InsertRaw).Bind(account.Value).Bind(sha256).Bind(bytes.Length).Bind(now).Bind(large ? null : bytes).Run();
    }

    private void InsertParts(NewMessage message)
    {
        var account = message.Message.Account.Value;
        if (message.Revision is { } r)
        {
            Use(MessageSql.InsertRevision).Bind(account).Bind(r.Message.Value).Bind(r.Number).Bind(r.Digest).Bind(r.WireSha256)
                .Bind(r.Author).Bind(r.CreatedAt).Bind(r.Manifest).Bind(message.Authored?.Json).Run();
        }

        KeepAuthored(message);

        for (var i = 0; i < message.Recipients.Count; i++)
        {
            var to = message.Recipients[i];
            Use(MessageSql.InsertRecipient).Bind(account).Bind(to.Message.Value).Bind(to.Address).Bind(i).Bind(EnumNames<RecipientKind>.Of(to.Kind))
                .Bind(EnumNames<RecipientState>.Of(to.State)).Bind(to.Code).Bind(to.UpdatedAt).Run();
        }

        foreach (var part in message.Attachments)
        {
            Use(MessageSql.InsertAttachment).Bind(part.Id.Value).Bind(account).Bind(part.Message.Value).Bind(part.Part).Bind(part.FileName)
                .Bind(part.ContentType).Bind(part.Size).Bind(part.Sha256).Run();
        }

        if (message.Source is { } source)
        {
            Use(SourceSql.Insert).Bind(account).Bind(message.Message.Id.Value).Bind(source).Run();
        }

        if (message.TaintedBy is { } cause)
        {
            Use(RiskSql.KeepCause).Bind(account).Bind(message.Message.Id.Value).Bind(cause.Value).Run();
        }

        foreach (var (tag, value) in message.Message.Tags)
        {
            Use(MessageSql.SetTag).Bind(account).Bind(message.Message.Id.Value).Bind(tag).Bind(value).Run();
        }
    }

    private void Count(NewMessage message)
    {
        var head = message.Message;
        var unread = head.Unread ? 1 : 0;
        if (message.NewThread)
        {
            Use(MessageSql.InsertThread).Bind(head.Thread.Value).Bind(head.Account.Value).Bind(head.Mailbox.Value).Bind(head.ReceivedAt)
                .Bind(unread).Bind(message.Thread.Subject).Run();
        }
        else
        {
            RequireOne(Use(MessageSql.TouchThread).Bind(unread).Bind(head.ReceivedAt).Bind(head.Account.Value).Bind(head.Thread.Value).Run(), "thread");
        }

        if (unread != 0)
        {
            Use(MailboxSql.AddUnread).Bind(unread).Bind(head.Account.Value).Bind(head.Mailbox.Value).Run();
        }
    }
}
