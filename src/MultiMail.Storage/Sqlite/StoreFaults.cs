using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MultiMail.Storage.Sqlite;

/// <summary>SQLite's errors, and a full disk met by files beside it, in the words of the port.</summary>
internal static class StoreFaults
{
    private const int NoSpace = 28; // ENOSPC, as .NET hands it on
    private const int DiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL on Windows
    private const string UniqueFailed = "UNIQUE constraint failed: ";

    /// <summary>Columns of unique keys, as SQLite names them, and the port's key.</summary>
    private static readonly (string Column, string Key)[] Keys =
    [
        ("mailbox.address", "mailbox.address"),
        ("operator.email", "operator.email"),
        ("domain.name", "domain.name"),
        ("message.dedupe_key", "message.dedupe"),
        ("idempotency.key", "idempotency"),
        ("approval.message_id", "approval.open"),
        ("recipient.address", "recipient.address"),
        ("message_head.message_id", "message.head"),
        ("signing_key.name", "signing_key.name"),
        ("change_request.digest", "request.open"),
        ("contact.address_key", "contact.email"),
        ("api_key.prefix", "id"),
        ("session.token_hash", "id"),
    ];

    public static Exception Of(Exception fault) => fault switch
    {
        SqliteException error => Of(error),
        IOException file when IsDiskFull(file) => Full(fault),
        _ => fault,
    };

    public static bool IsDiskFull(IOException fault) => fault.HResult is NoSpace or DiskFull;

    /// <summary>True for what is wrong with disk or file, not with the unit that met it.</summary>
    public static bool OfTheFile(Exception fault) => fault is SqliteException error && error.SqliteErrorCode is
        raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOMEM or raw.SQLITE_BUSY;

    private static Exception Of(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            new StoreUnavailableException("store_busy", "Another program holds the store; try again in a moment.", error),
        raw.SQLITE_FULL => Full(error),
        raw.SQLITE_CONSTRAINT when IsUnique(error) => new StoreConflictException(KeyOf(error.Message)),
        _ => error,
    };

    private static StoreUnavailableException Full(Exception fault) => new("storage_full", "The disk of the data folder is full.", fault);

    private static bool IsUnique(SqliteException error) => error.SqliteExtendedErrorCode is
        raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID;

    private static string KeyOf(string message)
    {
        var at = message.IndexOf(UniqueFailed, StringComparison.Ordinal);
        var columns = at < 0 ? string.Empty : message[(at + UniqueFailed.Length)..];
        return Array.Find(Keys, k => columns.Contains(k.Column, StringComparison.Ordinal)).Key ?? "id";
    }
}
