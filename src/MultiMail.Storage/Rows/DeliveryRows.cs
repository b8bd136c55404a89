namespace MultiMail.Storage.Rows;

internal static class DeliveryRows
{
    public static MessageHead Head(Statement s) => new(new(s.Long()), s.Int(), s.Blob(), s.Blob(), s.Time());

    public static Suppressed Suppressed(Statement s) => new(
        new(s.Long()), s.Text(), EnumNames<SuppressionReason>.Parse(s.Text()), s.LongOrNull() is { } message ? new MessageId(message) : null, s.Text(), s.Time());
}
