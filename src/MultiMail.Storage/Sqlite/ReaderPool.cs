using System.Collections.Concurrent;

namespace MultiMail.Storage.Sqlite;

/// <summary>A few connections that read beside the writer, opened when first needed.</summary>
internal sealed class ReaderPool(string path) : IAsyncDisposable
{
    private const int Most = 4;
    private readonly SemaphoreSlim _free = new(Most, Most);
    private readonly ConcurrentBag<SqliteDb> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs one short read. No read transaction outlives it, so none pins the WAL.</summary>
    public async ValueTask<T> ReadAsync<TArguments, T>(TArguments arguments, Func<SqliteDb, TArguments, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var db = _idle.TryTake(out var idle) ? idle : SqliteDb.OpenReader(path);
            try
            {
                return read(db, arguments);
            }
            finally
            {
                _idle.Add(db);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way; later ones fail.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < Most; i++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }

        _closed = true;
        while (_idle.TryTake(out var db))
        {
            db.Dispose();
        }

        // The semaphore stays: whoever waits at it now comes through and finds the pool closed.
        _free.Release(Most);
    }
}
