namespace MultiMail.Storage.Rows;

internal static class DeliveryRows
{
    public static MessageHead Head(Statement s) => new(new(s.Long()), s.Int(), s.Blob(), s.Blob(), s.Time());

    public static Suppressed Suppressed(Statement s) => new(
        new(s.Long()), s.Text(), EnumNames<SuppressionReason>.Parse(s.Text()), s.LongOrNull() is { } message ? new MessageId(message) : null, s.Text(), s.Time())
    {
        Note = s.TextOrNull(),
    };

    public static LiftedSuppression Lifted(Statement s) => new(new(s.Long()), s.Text(), EnumNames<SuppressionReason>.Parse(s.Text()), s.TextOrNull(), s.Text(), s.Time());

    public static SentCounts Counts(Statement s) => new(s.Int(), s.Int(), s.Int());
}
