namespace MultiMail.Storage.Sqlite;

/// <summary>
/// One writer at a time among all processes of this store: an exclusive lock on a file beside it, taken around every
/// write transaction and checkpoint. SQLite's own lock would do for safety; the gate is for fairness, because a busy
/// handler leaves the slowest process waiting for seconds. The system frees it when its holder dies.
/// It excludes processes and other gates, not threads: one thread owns a gate.
/// </summary>
internal abstract class WriteGate : IDisposable
{
    /// <summary>Opens the gate of a store and proves that it excludes.</summary>
    /// <exception cref="InvalidOperationException">Locks have no effect here (a network folder, say).</exception>
    public static WriteGate Open(string databasePath)
    {
        var path = databasePath + ".writelock";
        SqliteFiles.CreatePrivate(path);
        var gate = OpenUnproved(path);
        gate.Enter();
        try
        {
            using var second = OpenUnproved(path);
            if (second.TryEnter())
            {
                throw new InvalidOperationException("File locks exclude nobody in the data folder: it must be on a local disk.");
            }
        }
        catch
        {
            gate.Dispose();
            throw;
        }

        gate.Exit();
        return gate;
    }

    /// <summary>Waits until no other process writes.</summary>
    public abstract void Enter();

    public abstract bool TryEnter();

    public abstract void Exit();

    public abstract void Dispose();

    private static WriteGate OpenUnproved(string path) => OperatingSystem.IsWindows() ? new WindowsGate(path) : new UnixGate(path);
}
