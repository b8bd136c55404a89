using MultiMail.Core.Notices;

namespace MultiMail.Storage.Rows;

internal static class NoticeRows
{
    public static NoticeState State(Statement s) =>
        new(new(s.Long()), s.Long(), s.TimeOrNull(), s.TimeOrNull(), s.TimeOrNull(), s.TimeOrNull(), s.TextOrNull());

    public static NoticeJob Job(Statement s) => new(
        new(s.Long()), new(s.Long()), s.Text(), s.TextOrNull(), s.Long(), s.Long(), s.Time(), s.Int(), s.Int(), s.Long(), s.Text());

    public static NoticeNews News(Statement s) => new(
        s.Long(), s.Text(), s.Time(), s.Blob(),
        s.LongOrNull() is { } mailbox ? new MailboxId(mailbox) : null,
        s.LongOrNull() is { } message ? new MessageId(message) : null,
        s.LongOrNull() is { } live ? live != 0 : null,
        Hold(s.TextOrNull(), s.TextOrNull(), s.TimeOrNull()));

    private static NoticeHold? Hold(string? kind, string? risk, DateTimeOffset? expires) =>
        kind is null ? null : new NoticeHold(kind, risk ?? string.Empty, expires ?? DateTimeOffset.MaxValue);
}
