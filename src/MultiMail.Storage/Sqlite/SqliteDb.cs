using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MultiMail.Storage.Sqlite;

/// <summary>One connection with its settings and its kept statements. For one thread at a time.</summary>
internal sealed class SqliteDb : IDisposable
{
    // A writer meets a fixed set of statements; so do readers. Constants are the same object each time.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly SqliteConnection _connection;

    private SqliteDb(SqliteConnection connection) => _connection = connection;

    /// <summary>True when no transaction is open, also because an error ended it.</summary>
    public bool AutoCommit => raw.sqlite3_get_autocommit(Handle) != 0;

    /// <summary>Rows changed since the connection was opened.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(Handle);

    private sqlite3 Handle => _connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteDb));

    public static SqliteDb OpenWriter(string path) => Open(path, ConnectionSettings.Writer);

    /// <summary>A connection that cannot write.</summary>
    public static SqliteDb OpenReader(string path)
    {
        var db = Open(path, ConnectionSettings.Reader);
        db._connection.CreateFunction<string?, string?, bool>(
            "has_part", static (text, part) => text is not null && part is not null && text.Contains(part, StringComparison.OrdinalIgnoreCase), isDeterministic: true);
        return db;
    }

    /// <param name="sql">A constant: the same object for the same text.</param>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(Handle, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public int Run(string sql) => Prepare(sql).Run();

    /// <summary>Runs a script of several statements once, unkept.</summary>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>One value, unkept.</summary>
    public string Value(string sql)
    {
        using var statement = new Statement(Handle, sql);
        return statement.First(static s => s.Text()) ?? string.Empty;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _connection.Dispose();
    }

    private static SqliteDb Open(string path, string settings)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(text.ToString());
        var db = new SqliteDb(connection);
        try
        {
            connection.Open();
            db.Script(settings);
            ConnectionSettings.Verify(db);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }
}
