using System.Globalization;

namespace MultiMail.Storage.Sqlite;

/// <summary>
/// Takes what was deleted out of the files for good. secure_delete has overwritten the rows; what pages hold beside their rows, and
/// what the journal holds, goes here. Runs inside the gate.
/// </summary>
internal static class FileRewrite
{
    // SQLite builds the new file beside the old one. In memory nothing of it reaches another disk; past this it would take too much.
    private const long MostInMemory = 256L * 1024 * 1024;

    /// <returns>False when somebody who reads kept the journal from being emptied.</returns>
    public static bool Run(SqliteDb db)
    {
        db.Script(TransactionSql.TightenIndex);
        var large = Number(db, "PRAGMA page_count") * Number(db, "PRAGMA page_size") > MostInMemory;
        if (large)
        {
            db.Script(TransactionSql.TempInFile);
        }

        try
        {
            db.Script(TransactionSql.Rewrite);
        }
        finally
        {
            if (large)
            {
                db.Script(TransactionSql.TempInMemory);
            }
        }

        return db.Value(TransactionSql.EmptyWal) == "0";
    }

    private static long Number(SqliteDb db, string pragma) => long.Parse(db.Value(pragma), CultureInfo.InvariantCulture);
}
