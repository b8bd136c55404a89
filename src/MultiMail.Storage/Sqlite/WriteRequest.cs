namespace MultiMail.Storage.Sqlite;

/// <summary>A unit that waits for the writer thread, and the caller that waits for its commit.</summary>
internal abstract class WriteRequest(CancellationToken cancellationToken)
{
    /// <summary>True when the caller gave up before its unit began.</summary>
    public bool GivenUp => cancellationToken.IsCancellationRequested;

    /// <summary>What the unit threw; it is told to the caller after the group's commit, which it may rest on.</summary>
    public Exception? Fault { get; set; }

    protected CancellationToken CancellationToken => cancellationToken;

    /// <summary>What runs outside of a transaction, alone; null for a unit.</summary>
    public virtual Action<SqliteDb>? Alone => null;

    /// <summary>Runs the unit and keeps its result.</summary>
    public abstract void Run(IWriteUnit unit);

    /// <summary>Tells the caller how it ended.</summary>
    public abstract void Finish();

    public abstract void Fail(Exception fault);
}

internal sealed class WriteRequest<T>(Func<IWriteUnit, ValueTask<T>> unit, CancellationToken cancellationToken) : WriteRequest(cancellationToken)
{
    private readonly TaskCompletionSource<T> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _caller.Task;

    public override void Run(IWriteUnit target)
    {
        var running = unit(target);
        if (!running.IsCompleted)
        {
            throw new InvalidOperationException("A write unit awaited something other than its own verbs.");
        }

#pragma warning disable CA1849, MA0042 // it is completed: this takes the result and never waits
        _result = running.GetAwaiter().GetResult();
#pragma warning restore CA1849, MA0042
    }

    public override void Finish()
    {
        if (GivenUp && Fault is OperationCanceledException)
        {
            _caller.TrySetCanceled(CancellationToken);
        }
        else if (Fault is null)
        {
            _caller.TrySetResult(_result!); // the unit ran: its result is what it returned
        }
        else
        {
            _caller.TrySetException(Fault);
        }
    }

    public override void Fail(Exception fault) => _caller.TrySetException(fault);
}

/// <summary>Work on the whole file, which SQLite does outside of transactions only.</summary>
internal sealed class FileRequest(Func<SqliteDb, bool> work, CancellationToken cancellationToken) : WriteRequest(cancellationToken)
{
    private readonly TaskCompletionSource<bool> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _result;

    public Task<bool> Task => _caller.Task;

    public override Action<SqliteDb> Alone => db => _result = work(db);

    public override void Run(IWriteUnit unit) => throw new InvalidOperationException("Work on the file is no unit.");

    public override void Finish() => _caller.TrySetResult(_result);

    public override void Fail(Exception fault) => _caller.TrySetException(fault);
}
