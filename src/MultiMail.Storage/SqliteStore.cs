using System.Security.Cryptography;

namespace MultiMail.Storage;

/// <summary>The embedded store: one SQLite file that several processes share.</summary>
public sealed partial class SqliteStore : IStore
{
    private const string KeyName = "store_key";
    private readonly GroupWriter _writer;
    private readonly ReaderPool _readers;
    private readonly ChangeSignal _changes;
    private readonly BlobFiles _blobs;
    private int _closed;

    private SqliteStore(string path, string blobFolder, WriteGate gate, SqliteDb db, byte[] storeKey, TimeProvider clock)
    {
        StoreKey = storeKey;
        _blobs = new BlobFiles(blobFolder);
        _readers = new ReaderPool(path);
        _changes = new ChangeSignal(SqliteDb.OpenReader(path), clock);
        _writer = new GroupWriter(gate, db, new GroupTransaction(db, _blobs, clock), _changes.Raise);
    }

    public ReadOnlyMemory<byte> StoreKey { get; }

    public long ChangePosition => _changes.Position;

    /// <summary>Opens the store, makes it when it is missing and brings its schema forward.</summary>
    /// <exception cref="InvalidOperationException">Made by a newer version, not on a local disk, or SQLite is too old.</exception>
    /// <exception cref="StoreUnavailableException">A stranger holds the file, or the disk is full.</exception>
    public static Task<SqliteStore> OpenAsync(SqliteStoreOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Run(() => Open(options, clock), cancellationToken);

    public ValueTask<T> WriteAsync<T>(Func<IWriteUnit, ValueTask<T>> unit, CancellationToken cancellationToken) =>
        _writer.WriteAsync(unit, cancellationToken);

    public ValueTask<long> WaitForChangeAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken) =>
        _changes.WaitAsync(seen, atMost, cancellationToken);

    public ValueTask<int> IndexPendingAsync(int limit, CancellationToken cancellationToken) =>
        _writer.WriteAsync(u => ValueTask.FromResult(((SqliteUnit)u).IndexPending(limit)), cancellationToken);

    public async ValueTask StoreLargeRawAsync(AccountId account, byte[] sha256, byte[] raw, CancellationToken cancellationToken)
    {
        if (raw.Length > BlobFiles.InlineMost)
        {
            try
            {
                await Task.Run(() => _blobs.Store(account, sha256, raw), cancellationToken).ConfigureAwait(false);
            }
            catch (IOException fault) when (StoreFaults.IsDiskFull(fault))
            {
                throw StoreFaults.Of(fault);
            }
        }
    }

    public ValueTask<bool> CompactAsync(CancellationToken cancellationToken) => _writer.OnFileAsync(FileRewrite.Run, cancellationToken);

    public async ValueTask<IReadOnlyList<byte[]>> LeftoverRawAsync(AccountId account, Func<byte[], bool> wanted, CancellationToken cancellationToken)
    {
        var left = new List<byte[]>();
        foreach (var sha256 in _blobs.All(account))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kept = await _readers.ReadAsync((account, sha256), static (db, a) =>
                db.Prepare(PrivacySql.IsKept).Bind(a.account.Value).Bind(a.sha256).First(static s => s.Flag()), cancellationToken).ConfigureAwait(false);
            if (!kept && wanted(_blobs.Read(account, sha256)))
            {
                left.Add(sha256);
            }
        }

        return left;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        await _changes.DisposeAsync().ConfigureAwait(false);
        await _readers.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private static SqliteStore Open(SqliteStoreOptions options, TimeProvider clock)
    {
        SQLitePCL.Batteries_V2.Init();
        var path = Path.GetFullPath(options.Path);
        SqliteFiles.Prepare(path);
        var gate = WriteGate.Open(path);
        SqliteDb? db = null;
        try
        {
            gate.Enter();
            db = SqliteDb.OpenWriter(path);
            Migrator.Run(db, clock.GetUtcNow());
            var key = StoreKeyOf(db);
            gate.Exit();
            return new SqliteStore(path, options.BlobFolder ?? Path.Combine(Path.GetDirectoryName(path)!, "blobs"), gate, db, key, clock);
        }
        catch (Exception fault) // everything opened here is closed, whatever failed
        {
            db?.Dispose();
            gate.Dispose();
            throw StoreFaults.Of(fault);
        }
    }

    private static byte[] StoreKeyOf(SqliteDb db)
    {
        db.Prepare(MetaSql.Make).Bind(KeyName).Bind(RandomNumberGenerator.GetBytes(32)).Run();
        return db.Prepare(MetaSql.Get).Bind(KeyName).First(static s => s.Blob())!; // it was just made, or stood there
    }
}
