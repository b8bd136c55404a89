namespace MultiMail.Storage.Rows;

internal static class SigningKeyRows
{
    public static SigningKey Key(Statement s) => new(
        new(s.Long()),
        EnumNames<SigningKeyUse>.Parse(s.Text()),
        s.Text(),
        s.Text(),
        s.Text(),
        s.Text(),
        s.Blob(),
        s.Time(),
        s.Time(),
        s.TimeOrNull(),
        s.TimeOrNull(),
        s.TextOrNull());
}
