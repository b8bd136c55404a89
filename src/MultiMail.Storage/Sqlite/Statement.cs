using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace MultiMail.Storage.Sqlite;

/// <summary>
/// A prepared statement that is kept and used again. Values are bound in the order in which the SQL first names its
/// parameters and columns are read in the order in which it lists them: no names are looked up, no values boxed. A held
/// send binds some 130 values, and the provider's commands would spend more time on that than SQLite on the work.
/// For one thread at a time.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _handle;
    private int _bound;
    private int _column;

    public Statement(sqlite3 db, string sql)
    {
        _db = db;
        Check(sqlite3_prepare_v3(db, sql, SQLITE_PREPARE_PERSISTENT, out _handle));
    }

    public Statement Bind(long value)
    {
        Check(sqlite3_bind_int64(_handle, ++_bound, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(bool? value) => value is { } truth ? Bind(truth) : BindNull();

    public Statement Bind(DateTimeOffset value) => Bind(value.ToUnixTimeMilliseconds());

    public Statement Bind(DateTimeOffset? value) => value is { } time ? Bind(time) : BindNull();

    public Statement Bind(byte[]? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        Check(value.Length == 0 ? sqlite3_bind_zeroblob(_handle, ++_bound, 0) : sqlite3_bind_blob(_handle, ++_bound, value));
        return this;
    }

    public Statement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        if (value.Length == 0)
        {
            // An empty span has no address, which SQLite would take for NULL.
            Check(sqlite3_bind_text(_handle, ++_bound, value));
            return this;
        }

        BindUtf8(value);
        return this;
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }

            return sqlite3_changes(_db);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public T? First<T>(Func<Statement, T> row)
    {
        try
        {
            return Step() ? row(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    public List<T> All<T>(Func<Statement, T> row)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(row(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public long Long() => sqlite3_column_int64(_handle, _column++);

    public int Int() => sqlite3_column_int(_handle, _column++);

    public bool Flag() => Int() != 0;

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Long());

    // As bytes with their length: read as a C string, a stranger's NUL would cut the text.
    public string Text() => Encoding.UTF8.GetString(sqlite3_column_blob(_handle, _column++));

    public byte[] Blob() => sqlite3_column_blob(_handle, _column++).ToArray();

    public long? LongOrNull() => IsNull() ? null : Long();

    public DateTimeOffset? TimeOrNull() => IsNull() ? null : Time();

    public string? TextOrNull() => IsNull() ? null : Text();

    public byte[]? BlobOrNull() => IsNull() ? null : Blob();

    public void Dispose() => _handle.Dispose();

    private bool IsNull()
    {
        if (sqlite3_column_type(_handle, _column) != SQLITE_NULL)
        {
            return false;
        }

        _column++;
        return true;
    }

    private Statement BindNull()
    {
        Check(sqlite3_bind_null(_handle, ++_bound));
        return this;
    }

    private void BindUtf8(string value)
    {
        byte[]? rented = null;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var bytes = most <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(value, bytes);
        Check(sqlite3_bind_text(_handle, ++_bound, bytes[..length]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private bool Step()
    {
        _column = 0;
        var code = sqlite3_step(_handle);
        if (code is SQLITE_ROW or SQLITE_DONE)
        {
            return code == SQLITE_ROW;
        }

        Check(code);
        return false;
    }

    private void Reset()
    {
        // The code of the last step is reported again here; it was thrown already.
        _ = sqlite3_reset(_handle);
        _bound = 0;
    }

    private void Check(int code)
    {
        if (code != SQLITE_OK)
        {
            _bound = 0;
            SqliteException.ThrowExceptionForRC(code, _db);
        }
    }
}
