using Microsoft.Data.Sqlite;
using System.Diagnostics;
using System.Globalization;

namespace MultiMail.Benchmarks;

/// <summary>
/// The peer of the send measurements: what plain SQLite does on the same disk when every 1 KB row is a transaction of its
/// own (WAL, synchronous=FULL, one connection, one prepared statement). One flush of the disk per row.
/// </summary>
internal static class SqliteCommits
{
    public static async Task RunAsync(string[] args)
    {
        var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("multimail-bench-");
        try
        {
            SQLitePCL.Batteries_V2.Init();
            var rate = Measure(Path.Combine(folder.FullName, "bench.db"), seconds);
            await Output.LineAsync(string.Create(CultureInfo.InvariantCulture, $"sqlite-commits rows_per_second={rate:F0}")).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Measure(string path, double seconds)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, "PRAGMA synchronous=FULL");
        Execute(connection, "CREATE TABLE message (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO message (text) VALUES ($text)"; // outside BEGIN: a transaction of its own
        insert.Parameters.AddWithValue("$text", BenchText.OneKilobyte);
        insert.Prepare();
        var clock = Stopwatch.StartNew();
        var rows = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; rows++)
        {
            insert.ExecuteNonQuery();
        }

        return rows / clock.Elapsed.TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
