namespace MultiMail.Storage.Sql;

internal static class ProfileSql
{
    private const string Columns = "account_id, name, address_lines, country, language, notify, notify_pending, notify_pending_at, updated_at";

    public const string Get = $"SELECT {Columns} FROM sender_profile WHERE account_id = @account";

    public const string Set = $"""
        INSERT INTO sender_profile ({Columns}) VALUES (@account, @name, @lines, @country, @language, @notify, @pending, @pending_at, @updated)
        ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, address_lines = excluded.address_lines, country = excluded.country,
        language = excluded.language, notify = excluded.notify, notify_pending = excluded.notify_pending,
        notify_pending_at = excluded.notify_pending_at, updated_at = excluded.updated_at
        """;
}
