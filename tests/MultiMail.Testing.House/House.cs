using Microsoft.Extensions.Time.Testing;
using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Node;
using MultiMail.Storage;

namespace MultiMail.Testing;

/// <summary>A whole node over SQLite in a folder of its own, with a clock that the test moves.</summary>
public sealed class House : IAsyncDisposable
{
    private readonly string _folder;

    private House(string folder, SqliteStore store, FakeTimeProvider clock, MultiMailNode node)
    {
        _folder = folder;
        Store = store;
        Clock = clock;
        Node = node;
    }

    public SqliteStore Store { get; }

    public FakeTimeProvider Clock { get; }

    public MultiMailNode Node { get; }

    public string Folder => _folder;

    public NodeHandle Handle => new(Node);

    /// <summary>The person who made the installation.</summary>
    public required Principal Person { get; init; }

    /// <summary>The local default agent: read and send, on agent@multimail.localhost.</summary>
    public required Principal Agent { get; init; }

    /// <param name="options">Changes the defaults; the master key is given.</param>
    public static async Task<House> BuildAsync(Func<byte[], CoreOptions>? options = null)
    {
        var folder = Directory.CreateTempSubdirectory("multimail-test-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(Path.Combine(folder, "multimail.db")), clock, CancellationToken.None);
        var key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var node = MultiMailNode.Create(store, options?.Invoke(key) ?? new CoreOptions { MasterKey = key }, clock);
        await node.Installation.InitialiseAsync(null, CancellationToken.None);
        return new House(folder, store, clock, node)
        {
            Person = await node.Installation.PersonAtTerminalAsync(null, CancellationToken.None),
            Agent = await node.Installation.LocalAgentAsync("mcp", CancellationToken.None),
        };
    }

    /// <summary>A new key's principal and its secret.</summary>
    public async Task<(Principal Principal, string Secret)> KeyAsync(string scopes, string env = "live", params string[] mailboxes)
    {
        var made = await Node.Keys.CreateAsync(
            Person,
            new NewKey { Name = $"{scopes} {env}", Scopes = scopes == "operator" ? [] : scopes.Split(','), Operator = scopes == "operator", Env = env, Mailboxes = mailboxes },
            CancellationToken.None);
        return (await Node.Keys.AuthenticateAsync(made.Key, "rest", CancellationToken.None), made.Key);
    }

    /// <summary>Works the outbox until nothing is due.</summary>
    public async Task DeliverAsync()
    {
        while (await Node.Delivery.RunOnceAsync(CancellationToken.None) > 0)
        {
            // each round takes a batch
        }
    }

    /// <summary>What somebody with the database file could do: change one byte of the frozen messages.</summary>
    public void ChangeStoredBytes() =>
        Assert.True(Tamper("UPDATE raw_blob SET data = CAST(replace(CAST(data AS TEXT), 'fine', 'fimd') AS BLOB)") > 0);

    /// <summary>Raw SQL behind the node's back. The triggers that guard the log are against accidents; somebody with the file drops them.</summary>
    public int Tamper(string sql)
    {
        using var db = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "multimail.db")};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'";
        var triggers = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                triggers.Add(reader.GetString(0));
            }
        }

        foreach (var trigger in triggers)
        {
            command.CommandText = $"DROP TRIGGER {trigger}";
            command.ExecuteNonQuery();
        }

        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
