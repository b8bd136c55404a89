namespace MultiMail.Storage.Sql;

internal static class TransactionSql
{
    // IMMEDIATE always: a transaction that reads first and writes later meets "database is locked" half way.
    public const string Begin = "BEGIN IMMEDIATE";
    public const string Commit = "COMMIT";
    public const string Rollback = "ROLLBACK";
    public const string BeginUnit = "SAVEPOINT unit";
    public const string KeepUnit = "RELEASE unit";
    public const string UndoUnit = "ROLLBACK TO unit";

    /// <summary>Writes the full-text index anew, without the words that were taken out of it.</summary>
    public const string TightenIndex = "INSERT INTO message_fts (message_fts) VALUES ('optimize')";
    public const string Rewrite = "VACUUM";

    /// <summary>First column: 1 = a reader or another process kept it from its end.</summary>
    public const string EmptyWal = "PRAGMA wal_checkpoint(TRUNCATE)";
    public const string TempInMemory = "PRAGMA temp_store=MEMORY";
    public const string TempInFile = "PRAGMA temp_store=FILE";
}
