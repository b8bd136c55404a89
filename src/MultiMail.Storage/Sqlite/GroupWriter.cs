using System.Threading.Channels;

namespace MultiMail.Storage.Sqlite;

/// <summary>
/// The one thread of this process that writes. It takes all units that wait, commits them together and only then tells
/// their callers: a disk flush serves many units, and no unit is acknowledged before it.
/// </summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private const int MostInGroup = 512;
    private readonly Channel<WriteRequest> _waiting = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(2 * MostInGroup) { SingleReader = true });
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WriteGate _gate;
    private readonly SqliteDb _db;
    private readonly GroupTransaction _transaction;
    private readonly Action _committed;

    public GroupWriter(WriteGate gate, SqliteDb db, GroupTransaction transaction, Action committed)
    {
        (_gate, _db, _transaction, _committed) = (gate, db, transaction, committed);
        new Thread(Run) { IsBackground = true, Name = "store writer" }.Start();
    }

    public async ValueTask<T> WriteAsync<T>(Func<IWriteUnit, ValueTask<T>> unit, CancellationToken cancellationToken)
    {
        var request = new WriteRequest<T>(unit, cancellationToken);
        await QueueAsync(request, cancellationToken).ConfigureAwait(false);
        return await request.Task.ConfigureAwait(false);
    }

    /// <summary>Runs work on the whole file inside the gate, outside of any transaction.</summary>
    public async ValueTask<bool> OnFileAsync(Func<SqliteDb, bool> work, CancellationToken cancellationToken)
    {
        var request = new FileRequest(work, cancellationToken);
        await QueueAsync(request, cancellationToken).ConfigureAwait(false);
        return await request.Task.ConfigureAwait(false);
    }

    private async ValueTask QueueAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await _waiting.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The store is closed.", closed);
        }
    }

    /// <summary>Commits what waits, then closes the connection inside the gate: closing may checkpoint.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stopped.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        var group = new List<WriteRequest>(MostInGroup);
        while (TakeGroup(group))
        {
            Commit(group);
            group.Clear();
        }

        Close();
    }

    private bool TakeGroup(List<WriteRequest> group)
    {
        var more = _waiting.Reader.WaitToReadAsync();
        if (!(more.IsCompleted ? more.Result : more.AsTask().GetAwaiter().GetResult()))
        {
            return false;
        }

        while (group.Count < MostInGroup && _waiting.Reader.TryPeek(out var next))
        {
            // Work on the file is a group of its own.
            if (group.Count > 0 && (next.Alone is not null || group[0].Alone is not null))
            {
                break;
            }

            group.Add(next);
            _waiting.Reader.TryRead(out _); // the only reader: it is the one just seen
        }

        return true;
    }

    private void Commit(List<WriteRequest> group)
    {
        var before = _db.TotalChanges;
        try
        {
            _gate.Enter();
            try
            {
                if (group[0].Alone is { } work)
                {
                    work(_db);
                }
                else
                {
                    _transaction.Run(group);
                }
            }
            finally
            {
                _gate.Exit();
            }
        }
        catch (Exception fault) // the thread must live on; every caller of the group gets the fault
        {
            group.ForEach(r => r.Fail(StoreFaults.Of(fault)));
            return;
        }

        if (_db.TotalChanges != before)
        {
            _committed(); // who waits for a change is not woken by a look, or idle nodes would wake themselves for ever
        }

        group.ForEach(static r => r.Finish());
    }

    private void Close()
    {
        try
        {
            _gate.Enter();
            _db.Dispose();
            _gate.Dispose();
            _stopped.SetResult();
        }
        catch (Exception fault) // handed to whoever disposes the store
        {
            _stopped.SetException(fault);
        }
    }
}
