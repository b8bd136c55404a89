namespace MultiMail.Storage.Sqlite;

/// <summary>
/// Says "look again" after commits: at once for those of this process, within 25 ms for those of others, whose mark is
/// SQLite's data_version on a connection that never writes. It is looked at only while someone waits.
/// </summary>
internal sealed class ChangeSignal(SqliteDb watcher, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = NewSource(); // guarded by _lock, as all below
    private Task _polling = Task.CompletedTask;
    private long _position;
    private long _version = Version(watcher);
    private int _waiters;
    private bool _closed;

    public long Position => Interlocked.Read(ref _position);

    public void Raise()
    {
        TaskCompletionSource reached;
        lock (_lock)
        {
            Interlocked.Increment(ref _position);
            reached = _next;
            _next = NewSource();
        }

        reached.TrySetResult();
    }

    public async ValueTask<long> WaitAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Poll();
        Task next;
        lock (_lock)
        {
            if (_position != seen || _closed)
            {
                return _position;
            }

            next = _next.Task;
            if (_waiters++ == 0 && _polling.IsCompleted)
            {
                _polling = Task.Run(PollWhileWaitedAsync, CancellationToken.None);
            }
        }

        try
        {
            await next.WaitAsync(atMost, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time is up: the caller looks once more and decides.
        }
        finally
        {
            lock (_lock)
            {
                _waiters--;
            }
        }

        return Position;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
        }

        Raise();
        await _polling.ConfigureAwait(false);
        lock (_lock)
        {
            watcher.Dispose();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static long Version(SqliteDb db) => db.Prepare(WatchSql.DataVersion).First(static s => s.Long());

    // Other processes commit by the wall clock, whatever clock the store was given.
    private async Task PollWhileWaitedAsync()
    {
        using var timer = new PeriodicTimer(PollInterval);
        while (StillWaited())
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
            Poll();
        }
    }

    private bool StillWaited()
    {
        lock (_lock)
        {
            if (_waiters > 0 && !_closed)
            {
                return true;
            }

            _polling = Task.CompletedTask;
            return false;
        }
    }

    private void Poll()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            var version = Version(watcher);
            if (version == _version)
            {
                return;
            }

            _version = version;
        }

        Raise();
    }
}
