namespace MultiMail.Storage.Rows;

internal static class OversightRows
{
    public static Approval Approval(Statement s) => new(
        new(s.Long()),
        new(s.Long()),
        new(s.Long()),
        new(s.Long()),
        s.Text(),
        s.Int(),
        s.Blob(),
        s.World(),
        s.Text(),
        s.Text(),
        s.Text(),
        s.TextOrNull(),
        s.Time(),
        s.Time());

    public static PendingItem PendingItem(Statement s) => new(Approval(s), MessageRows.Message(s));

    public static Decision Decision(Statement s) => new(
        new(s.Long()), new(s.Long()), new(s.Long()), new(s.Long()), s.Text(), s.Text(), s.Text(), s.Text(), s.TextOrNull(), s.Blob(), s.Time());

    public static OutboxJob Job(Statement s) =>
        new(new(s.Long()), new(s.Long()), s.Int(), s.Int(), s.Int(), s.Long(), s.Text(), s.Time())
        {
            Mailbox = new(s.Long()),
            Tries = s.Int(),
            FirstAt = s.TimeOrNull(),
        };

    public static DomainEvent Event(Statement s) => new(
        new(s.Long()), new(s.Long()), s.Text(), s.World(), MailboxOrNull(s.LongOrNull()), MessageOrNull(s.LongOrNull()), s.Blob(), s.Time());

    public static IdempotentAnswer Answer(Statement s) => new(s.Blob(), s.Text(), s.Time());

    private static MailboxId? MailboxOrNull(long? value) => value is { } id ? new(id) : null;

    private static MessageId? MessageOrNull(long? value) => value is { } id ? new(id) : null;
}
