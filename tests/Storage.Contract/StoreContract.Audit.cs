namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Leaves_are_contiguous_and_give_the_root_however_many_write()
    {
        var scene = await SceneAsync();
        var other = await Scene.CreateAsync(scene.Store, Clock);

        await Task.WhenAll(Enumerable.Range(0, 120).Select(async i =>
        {
            await Task.Yield();
            await (i % 3 == 0 ? other : scene).HoldAsync();
        }));

        Assert.Equal(80, await LogVerifier.VerifyAsync(scene.Store, scene.Account));
        Assert.Equal(40, await LogVerifier.VerifyAsync(scene.Store, other.Account));
    }

    [Fact]
    public async Task A_leaf_says_what_happened_and_is_found_by_it()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var received = await scene.ReceiveAsync();
        await scene.WriteAsync(u => u.AppendLeafAsync(scene.Leaf(LeafNames.Login) with { Actor = new LeafActor("opr_1", "human") }));
        var all = new AuditQuery(scene.Account, Mailbox: null, Message: null, Actor: null, Event: null, Since: null, Before: null, 10);

        Assert.Equal([2L, 1, 0], await IndexesAsync(all));
        Assert.Equal([1L, 0], await IndexesAsync(all with { Mailbox = scene.Mailbox }));
        Assert.Equal([0L], await IndexesAsync(all with { Message = held.Message.Id }));
        Assert.Equal([1L], await IndexesAsync(all with { Message = received.Message.Id, Actor = "key_1" }));
        Assert.Equal([2L], await IndexesAsync(all with { Actor = "opr_1" }));
        Assert.Equal([1L], await IndexesAsync(all with { Event = "inbound.received" }));
        Assert.Equal([2L, 1], await IndexesAsync(all with { Since = scene.Now }));
        Assert.Equal([0L], await IndexesAsync(all with { Before = 1 }));
        Assert.Equal([2L, 1], await IndexesAsync(all with { Limit = 2 }));
        var entry = Assert.Single(await scene.Store.LogEntriesAsync(scene.Account, 2, 10, Cancelled));
        Assert.Equal(LeafEncoding.Encode(scene.Leaf(LeafNames.Login) with { Actor = new LeafActor("opr_1", "human") }, 2, scene.Now), entry.Entry);

        async Task<List<long>> IndexesAsync(AuditQuery query) => [.. (await scene.Store.QueryLogAsync(query, Cancelled)).Select(e => e.Index)];
    }

    [Fact]
    public async Task A_unit_may_append_several_leaves_in_order()
    {
        var scene = await SceneAsync();
        await scene.WriteAsync(async u =>
        {
            await u.AppendLeafAsync(scene.Leaf("first"));
            await u.AppendLeafAsync(scene.Leaf("second"));
        });

        Assert.Equal(2, await LogVerifier.VerifyAsync(scene.Store, scene.Account));
        var entries = await scene.Store.LogEntriesAsync(scene.Account, 0, 10, Cancelled);
        Assert.Equal(LeafEncoding.Encode(scene.Leaf("first"), 0, scene.Now), entries[0].Entry);
    }

    [Fact]
    public async Task A_leaf_that_cannot_be_written_fails_its_own_unit_only()
    {
        var scene = await SceneAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
        {
            await Task.Yield();
            var leaf = i % 10 == 0 ? scene.Leaf("lone \ud800 surrogate") : scene.Leaf("fine");
            return await Record.ExceptionAsync(async () => await scene.WriteAsync(async u =>
            {
                await u.SetMetaAsync($"unit {i}", [1]);
                await u.AppendLeafAsync(leaf);
            }));
        }));

        Assert.Equal(3, outcomes.Count(o => o is ArgumentException));
        Assert.Equal(27, outcomes.Count(o => o is null));
        Assert.Equal(27, await LogVerifier.VerifyAsync(scene.Store, scene.Account));
        Assert.Null(await scene.Store.MetaAsync("unit 10", Cancelled));
        Assert.NotNull(await scene.Store.MetaAsync("unit 11", Cancelled));
    }

    [Fact]
    public async Task An_account_without_a_log_cannot_act()
    {
        var scene = await SceneAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await scene.WriteAsync(async u =>
        {
            await u.SetMetaAsync("acted", [1]);
            await u.AppendLeafAsync(scene.Leaf("fine") with { Account = new AccountId(1) });
        }));

        Assert.Null(await scene.Store.MetaAsync("acted", Cancelled));
    }

    [Fact]
    public async Task A_checkpoint_is_kept_and_its_size_has_one_root()
    {
        var scene = await SceneAsync();
        Assert.Null(await scene.Store.LatestCheckpointAsync(scene.Account, Cancelled));
        var one = new StoredCheckpoint(1, Scene.Sha256("one"), scene.Now, "note 1");
        var two = new StoredCheckpoint(2, Scene.Sha256("two"), scene.Now, "note 2");
        await scene.WriteAsync(u => u.KeepCheckpointAsync(scene.Account, two));
        await scene.WriteAsync(u => u.KeepCheckpointAsync(scene.Account, one));
        await scene.WriteAsync(u => u.KeepCheckpointAsync(scene.Account, two with { Note = "note 2, signed again" }));

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await scene.WriteAsync(u => u.KeepCheckpointAsync(scene.Account, two with { Root = Scene.Sha256("other") })));

        Assert.Equivalent(two with { Note = "note 2, signed again" }, await scene.Store.LatestCheckpointAsync(scene.Account, Cancelled), strict: true);
        Assert.Equal([1L, 2], (await scene.Store.CheckpointsAsync(scene.Account, Cancelled)).Select(c => c.Size));
    }

    [Fact]
    public async Task The_opening_of_a_messages_commitments_is_kept()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();
        var newer = held.Opening with { Sealed = [9, 9] };
        await scene.WriteAsync(u => u.KeepOpeningAsync(scene.Account, newer));

        Assert.Equivalent(newer, await scene.Store.OpeningAsync(scene.Account, held.Message.Id, Cancelled), strict: true);
        Assert.Null(await scene.Store.OpeningAsync(scene.Account, new MessageId(1), Cancelled));
    }
}
