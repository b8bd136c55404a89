namespace MultiMail.Storage.Rows;

internal static class MessageRows
{
    /// <summary>Reads <see cref="MessageSql.Columns"/>, in that order.</summary>
    public static Message Message(Statement s) => new()
    {
        Id = new(s.Long()),
        Account = new(s.Long()),
        Mailbox = new(s.Long()),
        Thread = new(s.Long()),
        Direction = EnumNames<Direction>.Parse(s.Text()),
        World = s.World(),
        State = MessageStates.Parse(s.Text()),
        Folder = EnumNames<Folder>.Parse(s.Text()),
        Revision = s.Int(),
        Version = s.Int(),
        ReceivedAt = s.Time(),
        SendAt = s.TimeOrNull(),
        Unread = s.Flag(),
        HeldBefore = s.Flag(),
        Size = s.Int(),
        AttachmentCount = s.Int(),
        Digest = s.Blob(),
        RawSha256 = s.Blob(),
        DedupeKey = s.Text(),
        MessageIdField = s.Text(),
        InReplyTo = s.TextOrNull(),
        SubmittedBy = s.TextOrNull(),
        SubmitterLineage = s.TextOrNull(),
        Category = s.TextOrNull(),
        RiskFlags = s.Text(),
        FromAddress = s.Text(),
        FromName = s.TextOrNull(),
        To = TextLists.Read(s.Text()),
        Cc = TextLists.Read(s.Text()),
        Bcc = TextLists.Read(s.Text()),
        Subject = s.Text(),
        Snippet = s.Text(),
        BodyText = s.Text(),
        Tainted = s.Flag(),
        Basis = s.TextOrNull(),
        Tags = TextLists.ReadTags(s.TextOrNull()),
    };

    /// <summary>Binds all of a message, in the order of <see cref="MessageSql.Insert"/>.</summary>
    public static Statement Bind(this Statement s, Message m, MessageState state, bool held) => s
        .Bind(m.Id.Value).Bind(m.Account.Value).Bind(m.Mailbox.Value).Bind(m.Thread.Value).Bind(EnumNames<Direction>.Of(m.Direction))
        .Bind(m.World is World.Live).Bind(MessageStates.Name(state)).Bind(EnumNames<Folder>.Of(m.Folder)).Bind(m.Revision).Bind(m.Version)
        .Bind(m.ReceivedAt).Bind(m.SendAt).Bind(m.Unread).Bind(held).Bind(m.Size).Bind(m.AttachmentCount)
        .Bind(m.Digest).Bind(m.RawSha256).Bind(m.DedupeKey).Bind(m.MessageIdField).Bind(m.InReplyTo)
        .Bind(m.SubmittedBy).Bind(m.SubmitterLineage).Bind(m.Category).Bind(m.RiskFlags).Bind(m.FromAddress).Bind(m.FromName)
        .Bind(TextLists.Write(m.To)).Bind(TextLists.Write(m.Cc)).Bind(TextLists.Write(m.Bcc)).Bind(m.Subject).Bind(m.Snippet).Bind(m.BodyText)
        .Bind(m.Tainted).Bind(m.Basis);

    public static Revision Revision(Statement s) =>
        new(new(s.Long()), s.Int(), s.Blob(), s.Blob(), s.Blob(), s.Text(), s.Time());

    public static Recipient Recipient(Statement s) => new(
        new(s.Long()), EnumNames<RecipientKind>.Parse(s.Text()), s.Text(), EnumNames<RecipientState>.Parse(s.Text()), s.TextOrNull(), s.Time())
    {
        Detail = s.TextOrNull(),
        NextAt = s.TimeOrNull(),
        Lost = s.Int(),
    };

    public static Attachment Attachment(Statement s) => new(new(s.Long()), new(s.Long()), s.Int(), s.Text(), s.Text(), s.Long(), s.Blob());

    public static MailThread Thread(Statement s) =>
        new(new(s.Long()), new(s.Long()), new(s.Long()), s.Text(), s.Time(), s.Time(), s.Int(), s.Int());
}
