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
}
