namespace MultiMail.Storage.Sql;

internal static class MetaSql
{
    public const string Get = "SELECT value FROM store_meta WHERE key = @key";

    public const string Set =
        "INSERT INTO store_meta (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

    public const string Make = "INSERT INTO store_meta (key, value) VALUES (@key, @value) ON CONFLICT (key) DO NOTHING";
}
