namespace MultiMail.Storage.Sqlite;

/// <summary>What every connection is set to, and the check that SQLite took it.</summary>
internal static class ConnectionSettings
{
    /// <summary>Before 3.51.3 a checkpoint that raced a restart of the WAL could corrupt the file.</summary>
    public static readonly Version OldestSqlite = new(3, 51, 3);

    public const string Writer = Common + "PRAGMA wal_autocheckpoint=4000;";

    public const string Reader = Common + "PRAGMA query_only=ON;";

    // journal_mode: a reader must not wait for the writer. synchronous FULL: without it a power cut loses acknowledged
    // commits. secure_delete: an erased message leaves no bytes behind. macOS flushes the disk's cache only when asked.
    private const string Common = """
        PRAGMA busy_timeout=5000;
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA foreign_keys=ON;
        PRAGMA temp_store=MEMORY;
        PRAGMA cache_size=-8000;
        PRAGMA journal_size_limit=67108864;
        PRAGMA trusted_schema=OFF;
        PRAGMA secure_delete=ON;
        PRAGMA fullfsync=1;
        PRAGMA checkpoint_fullfsync=1;

        """;

    /// <exception cref="InvalidOperationException">This SQLite is too old, or it did not take a setting that durability rests on.</exception>
    public static void Verify(SqliteDb db)
    {
        RequireVersion(db.Value("SELECT sqlite_version()"));
        Expect(db, "journal_mode", "wal");
        Expect(db, "synchronous", "2");
    }

    public static void RequireVersion(string version)
    {
        if (Version.Parse(version) < OldestSqlite)
        {
            throw new InvalidOperationException($"SQLite {version} is too old: {OldestSqlite} or newer is needed.");
        }
    }

    private static void Expect(SqliteDb db, string setting, string value)
    {
        var actual = db.Value($"PRAGMA {setting}");
        if (!string.Equals(actual, value, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"SQLite did not take {setting}={value}: it is {actual}. The data folder must be on a local disk.");
        }
    }
}
