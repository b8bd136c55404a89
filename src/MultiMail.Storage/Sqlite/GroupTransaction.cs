using Microsoft.Data.Sqlite;

namespace MultiMail.Storage.Sqlite;

/// <summary>
/// One transaction for a group of units: each in a savepoint of its own, so that one that fails leaves its neighbours
/// alone; then their leaves, in order; then the commit.
/// </summary>
internal sealed class GroupTransaction(SqliteDb db, BlobFiles blobs, TimeProvider clock)
{
    private readonly AuditPass _audit = new(db);
    private readonly List<(LeafDraft Draft, DateTimeOffset At)> _leaves = [];

    /// <summary>Returns after the commit. What a unit threw is in its request; an exception from here is the whole group's.</summary>
    public void Run(List<WriteRequest> group)
    {
        try
        {
            RunTogether(group);
        }
        catch (Exception fault) when (group.Count > 1 && fault is not SqliteException)
        {
            // A leaf that cannot be written: find whose it is by giving each unit its own transaction.
            foreach (var request in group)
            {
                RunAlone(request);
            }
        }
    }

    private void RunAlone(WriteRequest request)
    {
        try
        {
            RunTogether([request]);
        }
        catch (Exception fault) // this transaction was its alone; those before it are committed
        {
            request.Fault = StoreFaults.Of(fault);
        }
    }

    private void RunTogether(List<WriteRequest> group)
    {
        db.Run(TransactionSql.Begin);
        try
        {
            _leaves.Clear();
            group.ForEach(RunUnit);
            _audit.Append(_leaves);
            db.Run(TransactionSql.Commit);
        }
        catch
        {
            if (!db.AutoCommit)
            {
                db.Run(TransactionSql.Rollback);
            }

            throw;
        }
    }

    private void RunUnit(WriteRequest request)
    {
        request.Fault = null;
        if (request.GivenUp)
        {
            request.Fault = new OperationCanceledException();
            return;
        }

        var kept = _leaves.Count;
        db.Run(TransactionSql.BeginUnit);
        var unit = new SqliteUnit(db, blobs, Now(), _leaves);
        try
        {
            request.Run(unit);
        }
        catch (Exception fault) // a unit's fault belongs to its caller
        {
            Undo(fault, kept);
            request.Fault = StoreFaults.Of(fault);
        }
        finally
        {
            unit.Close();
        }

        db.Run(TransactionSql.KeepUnit);
    }

    private void Undo(Exception fault, int keptLeaves)
    {
        if (db.AutoCommit || StoreFaults.OfTheFile(fault))
        {
            // A full disk and the like: SQLite may have undone everything, and the neighbours would fare no better.
            throw fault is SqliteException ? fault : new InvalidOperationException("A unit ended the group's transaction.", fault);
        }

        db.Run(TransactionSql.UndoUnit);
        _leaves.RemoveRange(keptLeaves, _leaves.Count - keptLeaves);
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
