using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;
using MultiMail.Storage.Sqlite;
using Storage.Contract.Building;

namespace MultiMail.Storage.Tests;

/// <summary>What is SQLite's own: files, settings, the schema's versions, the embedded engine's rules.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Database => _folder.File("data/mail.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_its_owner_may_read_the_store()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await using var store = await OpenAsync();
        await Scene.CreateAsync(store, _clock);
        await store.StoreLargeRawAsync(new(1), SHA256.HashData(new byte[300_000]), new byte[300_000], Cancelled);

        var folder = Path.GetDirectoryName(Database)!; // a full path
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
        }
    }

    [Theory]
    [InlineData("3.50.4", true)]
    [InlineData("3.51.2", true)]
    [InlineData("3.51.3", false)]
    [InlineData("3.100.0", false)]
    public void An_sqlite_with_the_wal_reset_bug_is_refused(string version, bool refused) => Assert.Equal(
        refused, Record.Exception(() => ConnectionSettings.RequireVersion(version)) is InvalidOperationException);

    [Fact]
    public async Task A_schema_newer_than_the_program_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        Raw("INSERT INTO schema_version (version, applied_at, checksum) VALUES (9999, 0, 'x')");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(OpenAsync);

        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_step_that_was_changed_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        Raw("UPDATE schema_version SET checksum = 'x' WHERE version = 1");

        await Assert.ThrowsAsync<InvalidOperationException>(OpenAsync);
    }

    [Fact]
    public async Task A_migration_that_fails_changes_nothing_and_a_later_one_runs_once()
    {
        await (await OpenAsync()).DisposeAsync();
        using var db = SqliteDb.OpenWriter(Database);
        var first = db.Prepare("SELECT checksum FROM schema_version WHERE version = 1").First(s => s.Text());
        Assert.NotNull(first);
        var known = Migrations();

        Assert.Throws<SqliteException>(() => Migrator.Run(db, _clock.GetUtcNow(), [.. known, new Migration(known.Count + 1, "CREATE TABLE a (b); SELECT nonsense")]));
        Assert.Equal(0, db.Prepare("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'a'").First(s => s.Int()));
        var next = new Migration(known.Count + 1, "CREATE TABLE a (b)");
        Migrator.Run(db, _clock.GetUtcNow(), [.. known, next]);
        Migrator.Run(db, _clock.GetUtcNow(), [.. known, next]);

        Assert.Equal(known.Count + 1, db.Prepare("SELECT COUNT(*) FROM schema_version").First(s => s.Int()));
    }

    [Fact]
    public async Task A_unit_that_awaits_something_else_is_refused_and_rolled_back()
    {
        await using var store = await OpenAsync();
        var never = new TaskCompletionSource();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.WriteAsync(
            async u =>
            {
                await u.SetMetaAsync("half", [1]);
                await never.Task;
                return true;
            },
            Cancelled));

        Assert.Null(await store.MetaAsync("half", Cancelled));
    }

    [Fact]
    public async Task A_unit_that_was_left_cannot_be_used()
    {
        await using var store = await OpenAsync();
        var kept = await store.WriteAsync(u => ValueTask.FromResult(u), Cancelled);

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await kept.SetMetaAsync("late", [1]));
    }

    [Fact]
    public async Task A_closed_store_refuses_and_what_waited_is_committed()
    {
        var store = await OpenAsync();
        var writes = Enumerable.Range(0, 50).Select(i => store.WriteAsync(
            async u =>
            {
                await u.SetMetaAsync($"w{i}", [1]);
                return true;
            },
            Cancelled).AsTask()).ToList();
        await store.DisposeAsync();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.WriteAsync(u => ValueTask.FromResult(1), Cancelled));
        await using var again = await OpenAsync();
        Assert.NotNull(await again.MetaAsync("w49", Cancelled));
    }

    [Fact]
    public async Task Reads_that_wait_when_the_store_closes_end()
    {
        var store = await OpenAsync();
        var reads = Enumerable.Range(0, 40).Select(_ => Task.Run(async () => await Record.ExceptionAsync(async () => await store.MetaAsync("x", Cancelled)))).ToList();
        await store.DisposeAsync();
        await store.DisposeAsync();

        var ends = await Task.WhenAll(reads).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.All(ends, e => Assert.True(e is null or ObjectDisposedException, $"{e}"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.MetaAsync("x", Cancelled));
    }

    [Fact]
    public async Task A_stranger_who_holds_the_file_makes_the_store_busy()
    {
        await using var store = await OpenAsync();
        using var stranger = new SqliteConnection($"Data Source={Database};Pooling=False");
        stranger.Open();
        Execute(stranger, "BEGIN IMMEDIATE");

        var busy = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await SetMetaAsync(store, [1]));
        Execute(stranger, "ROLLBACK");
        await SetMetaAsync(store, [2]);

        Assert.Equal("store_busy", busy.Code);
        Assert.Equal([2], await store.MetaAsync("value", Cancelled) ?? []);
    }

    [Fact]
    public async Task A_full_disk_fails_the_group_and_the_store_goes_on()
    {
        await (await OpenAsync()).DisposeAsync();
        using var db = SqliteDb.OpenWriter(Database);
        var transaction = new GroupTransaction(db, new BlobFiles(_folder.File("blobs")), _clock);
        var room = db.Value("SELECT page_count + 20 FROM pragma_page_count");
        db.Script($"PRAGMA max_page_count = {room}");

        var full = Assert.Throws<SqliteException>(() => transaction.Run([SetMeta("a", 10), SetMeta("b", 200_000), SetMeta("c", 10)]));
        db.Script("PRAGMA max_page_count = 100000");
        var later = SetMeta("d", 10);
        transaction.Run([later]);

        Assert.Equal("storage_full", Assert.IsType<StoreUnavailableException>(StoreFaults.Of(full)).Code);
        Assert.Null(later.Fault);
        Assert.True(db.AutoCommit);
        Assert.Equal(["d"], db.Prepare("SELECT key FROM store_meta WHERE key <> 'store_key'").All(s => s.Text()));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task Bytes_above_the_limit_lie_in_a_file(int beyond, int files)
    {
        await using var store = await OpenAsync();
        var scene = await Scene.CreateAsync(store, _clock);
        var raw = RandomNumberGenerator.GetBytes(BlobFiles.InlineMost + beyond);
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Inbound, MessageState.Received), raw), Moves.Receive);

        Assert.Equal(files, BlobFilesOnDisk().Count);
        Assert.Equal(raw, await store.RawAsync(scene.Account, made.Message.RawSha256, Cancelled));
    }

    [Fact]
    public async Task Bytes_that_changed_on_disk_are_not_given_out()
    {
        await using var store = await OpenAsync();
        var scene = await Scene.CreateAsync(store, _clock);
        var large = await scene.InsertAsync(scene.With(scene.Message(Direction.Inbound, MessageState.Received), new byte[300_000]), Moves.Receive);
        var small = await scene.ReceiveAsync();
        var file = Assert.Single(BlobFilesOnDisk());
        await File.WriteAllBytesAsync(file, [.. new byte[299_999], 1], Cancelled);
        Raw("UPDATE raw_blob SET data = zeroblob(size) WHERE data IS NOT NULL");

        await Assert.ThrowsAsync<InvalidDataException>(async () => await store.RawAsync(scene.Account, large.Message.RawSha256, Cancelled));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await store.RawAsync(scene.Account, small.Message.RawSha256, Cancelled));
    }

    [Fact]
    public async Task A_leaf_is_neither_deleted_nor_changed()
    {
        await using var store = await OpenAsync();
        var scene = await Scene.CreateAsync(store, _clock);
        await scene.HoldAsync();

        Assert.Throws<SqliteException>(() => Raw("DELETE FROM audit_event"));
        Assert.Throws<SqliteException>(() => Raw("UPDATE audit_event SET at = 0"));
        Assert.Equal(1, await LogVerifier.VerifyAsync(store, scene.Account));
    }

    [Fact]
    public async Task Tampering_behind_the_triggers_shows_when_the_log_is_recomputed()
    {
        await using var store = await OpenAsync();
        var scene = await Scene.CreateAsync(store, _clock);
        for (var i = 0; i < 5; i++)
        {
            await scene.HoldAsync();
        }

        Raw("DROP TRIGGER audit_event_no_update; UPDATE audit_event SET entry = CAST(replace(CAST(entry AS TEXT), 'gate', 'free') AS BLOB) WHERE leaf_index = 2");

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => LogVerifier.VerifyAsync(store, scene.Account));
    }

    [Fact]
    public async Task A_rewritten_leaf_with_its_hash_still_breaks_the_root()
    {
        await using var store = await OpenAsync();
        var scene = await Scene.CreateAsync(store, _clock);
        for (var i = 0; i < 5; i++)
        {
            await scene.HoldAsync();
        }

        var forged = "{}"u8.ToArray();
        var hash = TransparencyLog.MerkleHash.Leaf(forged).ToArray();
        Raw($"DROP TRIGGER audit_event_no_update; UPDATE audit_event SET entry = x'{Convert.ToHexString(forged)}', leaf_hash = x'{Convert.ToHexString(hash)}' WHERE leaf_index = 2");

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => LogVerifier.VerifyAsync(store, scene.Account));
    }

    [Fact]
    public async Task Another_stores_commit_wakes_who_waits_here()
    {
        await using var here = await OpenAsync();
        await using var there = await OpenAsync();
        var waiting = here.WaitForChangeAsync(here.ChangePosition, TimeSpan.FromHours(1), Cancelled).AsTask();

        await SetMetaAsync(there, [1]);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        Assert.NotNull(await here.MetaAsync("value", Cancelled));
    }

    [Fact]
    public async Task An_erased_message_leaves_the_index()
    {
        await using var store = await OpenAsync();
        var scene = await Scene.CreateAsync(store, _clock);
        await scene.ReceiveAsync(m => m with { Subject = "indexed secret" });
        await store.IndexPendingAsync(10, Cancelled);
        await scene.ReceiveAsync(m => m with { Subject = "queued secret" });
        Raw("DELETE FROM message; INSERT INTO message_fts (message_fts) VALUES ('integrity-check')");

        await store.IndexPendingAsync(10, Cancelled);
        Raw("INSERT INTO message_fts (message_fts) VALUES ('integrity-check')");
        var found = await store.SearchAsync(new MessageQuery(scene.Account, 10), new SearchTerms([new("secret", Prefix: false, Not: false)]), Cancelled);

        Assert.Empty(found.Messages);
    }

    [Fact]
    public async Task A_changed_message_is_found_by_its_new_words_only()
    {
        await using var store = await OpenAsync();
        var scene = await Scene.CreateAsync(store, _clock);
        await scene.ReceiveAsync(m => m with { Subject = "first draft" });
        Raw("UPDATE message SET subject = 'second draft'");
        await store.IndexPendingAsync(10, Cancelled);
        Raw("UPDATE message SET subject = 'third draft'; UPDATE message SET subject = 'last draft'");
        await store.IndexPendingAsync(10, Cancelled);

        Assert.Equal(0, await FoundAsync("first") + await FoundAsync("second") + await FoundAsync("third"));
        Assert.Equal(1, await FoundAsync("last"));

        async Task<int> FoundAsync(string word) => (await store.SearchAsync(
            new MessageQuery(scene.Account, 10), new SearchTerms([new(word, Prefix: false, Not: false)]), Cancelled)).Total;
    }

    private static WriteRequest<bool> SetMeta(string key, int size) => new(
        async u =>
        {
            await u.SetMetaAsync(key, new byte[size]);
            return true;
        },
        CancellationToken.None);

    private static List<Migration> Migrations()
    {
        var assembly = typeof(SqliteStore).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select((name, i) =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!); // just listed
            return new Migration(i + 1, reader.ReadToEnd());
        })];
    }

    private static ValueTask<bool> SetMetaAsync(SqliteStore store, byte[] value) => store.WriteAsync(
        async u =>
        {
            await u.SetMetaAsync("value", value);
            return true;
        },
        Cancelled);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Task<SqliteStore> OpenAsync() => SqliteStore.OpenAsync(new SqliteStoreOptions(Database), _clock, Cancelled);

    private List<string> BlobFilesOnDisk()
    {
        var folder = _folder.File("data/blobs");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)] : [];
    }

    /// <summary>What a stranger with the file does.</summary>
    private void Raw(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }
}
