namespace MultiMail.Storage.Rows;

internal static class AccountRows
{
    public static Account Account(Statement s) => new(new(s.Long()), s.Text(), s.Flag(), s.Blob(), s.TimeOrNull(), s.Time());

    public static Operator Operator(Statement s) =>
        new(new(s.Long()), new(s.Long()), s.TextOrNull(), s.TextOrNull(), s.TimeOrNull(), s.Time());

    public static Session Session(Statement s) => new(
        s.Blob(), new(s.Long()), new(s.Long()), EnumNames<SessionKind>.Parse(s.Text()), s.Time(), s.TimeOrNull(), s.Time());

    public static Domain Domain(Statement s) => new(new(s.Long()), new(s.Long()), s.Text(), s.Time())
    {
        VerifiedAt = s.TimeOrNull(),
        CheckedAt = s.TimeOrNull(),
        Seen = s.Text(),
    };

    public static MailboxLink Link(Statement s) => new(new(s.Long()), new(s.Long()), s.BlobOrNull(), s.BlobOrNull(), s.Flag(), s.Time());

    public static ApiKey Key(Statement s) => new(
        new(s.Long()),
        new(s.Long()),
        s.Text(),
        s.Text(),
        s.Blob(),
        ReadScopes(s.Text()),
        TextLists.ReadIds(s.TextOrNull()),
        s.World(),
        new(s.Long()),
        new(s.Long()),
        s.Time(),
        s.TimeOrNull(),
        s.TimeOrNull(),
        s.TimeOrNull());

    public static string WriteScopes(Scopes scopes) => string.Join(' ', ScopeNames.Names(scopes));

    public static Mailbox Mailbox(Statement s) => new(
        new(s.Long()),
        new(s.Long()),
        s.Text(),
        s.TextOrNull(),
        s.TextOrNull(),
        ReadMode(s.Text()),
        s.TimeOrNull(),
        s.TimeOrNull(),
        s.Int(),
        s.Int(),
        s.Int(),
        s.Time())
    {
        RetentionDays = s.LongOrNull() is { } days ? (int)days : null,
    };

    public static World World(this Statement s) => s.Flag() ? Core.Oversight.World.Live : Core.Oversight.World.Test;

    private static Scopes ReadScopes(string text)
    {
        var scopes = Scopes.None;
        foreach (var name in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            scopes |= ScopeNames.TryParse(name, out var scope) ? scope : throw new InvalidDataException($"The store holds an unknown scope: {name}.");
        }

        return scopes;
    }

    private static Mode ReadMode(string name) =>
        Modes.TryParse(name, out var mode) ? mode : throw new InvalidDataException($"The store holds an unknown mode: {name}.");
}
