namespace MultiMail.Storage.Rows;

internal static class AuditRows
{
    public static LogHead Head(Statement s) => new(new(s.Long()), s.Text(), s.Text(), s.Long(), s.Blob(), s.Time());

    public static AuditEntry Entry(Statement s) => new(s.Long(), s.Time(), s.Blob(), s.Blob());

    public static StoredCheckpoint Checkpoint(Statement s) => new(s.Long(), s.Blob(), s.Time(), s.Text());

    public static SealedOpening Opening(Statement s) => new(new(s.Long()), s.Blob(), s.Blob());
}
