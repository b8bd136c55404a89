namespace MultiMail.Storage.Sql;

internal static class WatchSql
{
    public const string DataVersion = "PRAGMA data_version";
}
