namespace MultiMail.Core.Storage;

/// <summary>
/// Where everything is kept. Shaped by what Core does, not by tables: a write unit that commits whole or not at all,
/// and reads by purpose. Several processes may open the same store at once.
/// </summary>
public interface IStore : IStoreReads, IAsyncDisposable
{
    /// <summary>Random bytes made with the store; the key of <see cref="PublicIds"/>.</summary>
    ReadOnlyMemory<byte> StoreKey { get; }

    /// <summary>
    /// Runs <paramref name="unit"/> in one transaction and returns only after the commit is durable.
    /// The unit may run again (a busy store, a serialisation failure): it has no side effects, makes no ids, hashes or
    /// randomness, reads no clock but <see cref="IWriteUnit.Now"/>, changes nothing it captured and awaits nothing but the unit.
    /// An exception rolls the unit back and reaches the caller; other units are not disturbed.
    /// </summary>
    /// <exception cref="StoreConflictException">A unique key was taken; compose anew with new ids.</exception>
    ValueTask<T> WriteAsync<T>(Func<IWriteUnit, ValueTask<T>> unit, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when something may have been committed by any process since <paramref name="seen"/>, or after
    /// <paramref name="atMost"/>. It means "look again", no more.
    /// </summary>
    /// <returns>The new position to wait from.</returns>
    ValueTask<long> WaitForChangeAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>The position to start waiting from. Take it before the look that may find nothing.</summary>
    long ChangePosition { get; }

    /// <summary>
    /// Puts raw bytes that the engine keeps outside its transactions (large ones) on disk, durably. Call it before the unit
    /// that inserts the message, so that no other unit waits for it; without the call the unit does it itself. Bytes that
    /// no unit names afterwards are left over, not wrong.
    /// </summary>
    ValueTask StoreLargeRawAsync(AccountId account, byte[] sha256, byte[] raw, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Writes the files anew, so that nothing that was deleted can be read out of them: free pages, indexes, journals. Others may have the
    /// store open meanwhile; their writes wait.
    /// </summary>
    /// <returns>False when a reader kept a journal from being emptied: call it again.</returns>
    ValueTask<bool> CompactAsync(CancellationToken cancellationToken);

    /// <summary>Files of bytes that no row names, left behind by units that failed or processes that died.</summary>
    /// <param name="wanted">Is asked about each file's bytes.</param>
    /// <returns>The hashes of those that are wanted.</returns>
    ValueTask<IReadOnlyList<byte[]>> LeftoverRawAsync(AccountId account, Func<byte[], bool> wanted, CancellationToken cancellationToken);

    /// <summary>Indexes what was committed but is not yet searchable; called often by the node, lags at most a second.</summary>
    /// <returns>How many messages were indexed; 0 = nothing left.</returns>
    ValueTask<int> IndexPendingAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>A unique key was taken by another unit or process.</summary>
/// <param name="key">Which: <c>id</c>, <c>mailbox.address</c>, <c>idempotency</c>, <c>message.dedupe</c>, <c>operator.email</c>, <c>domain.name</c>,
/// <c>approval.open</c> (the message has an open hold), <c>recipient.address</c> (named twice), <c>message.head</c> (made before), <c>signing_key.name</c>, <c>request.open</c>.</param>
public sealed class StoreConflictException(string key) : Exception($"The key {key} is taken.")
{
    public string Key { get; } = key;
}

/// <summary>The store cannot work now (disk full, file locked by a stranger). Nothing of the unit was kept.</summary>
public sealed class StoreUnavailableException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary><c>storage_full</c> or <c>store_busy</c>.</summary>
    public string Code { get; } = code;
}
