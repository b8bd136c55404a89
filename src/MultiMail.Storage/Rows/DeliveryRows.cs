namespace MultiMail.Storage.Rows;

internal static class DeliveryRows
{
    public static MessageHead Head(Statement s) => new(new(s.Long()), s.Int(), s.Blob(), s.Blob(), s.Time());
}
