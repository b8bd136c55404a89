namespace MultiMail.Storage.Rows;

internal static class RequestRows
{
    public static ChangeRequest Request(Statement s) => new(
        new(s.Long()), new(s.Long()), s.Text(), s.LongOrNull() is { } mailbox ? new MailboxId(mailbox) : null, s.Blob(), s.Blob(), s.TextOrNull(), s.Text(), s.Text(),
        EnumNames<RequestStatus>.Parse(s.Text()), s.Time(), s.Time());

    public static RequestDecision Decision(Statement s) => new(
        new(s.Long()), new(s.Long()), new(s.Long()), s.Text(), s.Text(), s.Text(), s.Text(), s.TextOrNull(), s.Blob(), s.Time());
}
