namespace MultiMail.Storage.Sql;

internal static class SchemaSql
{
    public const string CreateVersions =
        "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL, checksum TEXT NOT NULL) STRICT";

    public const string Versions = "SELECT version, checksum FROM schema_version ORDER BY version";
    public const string AddVersion = "INSERT INTO schema_version (version, applied_at, checksum) VALUES (@version, @now, @checksum)";
}
