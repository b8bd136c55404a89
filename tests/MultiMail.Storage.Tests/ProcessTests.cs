using Storage.Contract.Building;

namespace MultiMail.Storage.Tests;

/// <summary>Several processes on one file, and processes that die while they write.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Database => _folder.File("mail.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Four_processes_on_one_file_lose_nothing()
    {
        var scene = await SceneAsync();
        var children = Enumerable.Range(0, 4).Select(_ => ChildProcess.Start(Database, scene, callers: 8, sends: 25)).ToList();
        var codes = await Task.WhenAll(children.Select(c => c.ExitAsync()));
        children.ForEach(c => c.Dispose());

        Assert.All(codes, c => Assert.Equal(0, c));
        Assert.All(children, c => Assert.Equal(200, c.Acknowledged.Count));
        await VerifyAsync(scene, [.. children.SelectMany(c => c.Acknowledged)]);
        await using var store = await OpenAsync();
        Assert.Equal(800, await LogVerifier.VerifyAsync(store, scene.Account));
    }

    [Fact]
    public async Task Killed_writers_lose_nothing_that_was_acknowledged()
    {
        const int Rounds = 15;
        var scene = await SceneAsync();
        var random = new Random(4711);
        var acknowledged = new List<long>();
        for (var round = 0; round < Rounds; round++)
        {
            using var one = ChildProcess.Start(Database, scene, callers: 8, sends: 0);
            using var two = ChildProcess.Start(Database, scene, callers: 2, sends: 0);
            await Task.WhenAll(KillAfterAsync(one, random.Next(1, 120)), KillAfterAsync(two, random.Next(1, 30)));
            acknowledged.AddRange([.. one.Acknowledged, .. two.Acknowledged]);
            await VerifyAsync(scene, acknowledged);
        }

        Assert.True(acknowledged.Count > 2 * Rounds, $"Only {acknowledged.Count} sends were acknowledged.");
    }

    private static async Task KillAfterAsync(ChildProcess child, int acknowledged)
    {
        await child.ReadAsync(acknowledged);
        await child.KillAsync();
    }

    private async Task<Scene> SceneAsync()
    {
        await using var store = await OpenAsync();
        return await Scene.CreateAsync(store, TimeProvider.System);
    }

    private Task<SqliteStore> OpenAsync() => SqliteStore.OpenAsync(new SqliteStoreOptions(Database), TimeProvider.System, Cancelled);

    /// <summary>Every acknowledged send is whole, and leaf, counter and message agree.</summary>
    private async Task VerifyAsync(Scene scene, List<long> acknowledged)
    {
        await using var store = await OpenAsync();
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        foreach (var id in acknowledged)
        {
            var item = await store.PendingItemAsync(scene.Account, new(id), Cancelled);
            Assert.NotNull(item);
            Assert.NotNull(await store.RawAsync(scene.Account, item.Message.RawSha256, Cancelled));
        }

        var leaves = await LogVerifier.VerifyAsync(store, scene.Account);
        Assert.True(leaves >= acknowledged.Count);
        Assert.Equal((int)leaves, (await store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))?.Pending);
        Assert.Equal((int)leaves, await store.CountPendingAsync(
            new(scene.Account, Mailboxes: null, World: null, Lineage: null, Kind: null, OlderThan: null, Cursor: null, 1), Cancelled));
    }
}
