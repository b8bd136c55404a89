namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_messages_head_is_kept_once_for_each_revision()
    {
        var scene = await SceneAsync();
        var message = await QueueAsync(scene);
        var head = new MessageHead(message.Id, 1, "Date: today\r\n"u8.ToArray(), Scene.Sha256("sent"), scene.Now);
        Assert.Null(await scene.Store.HeadAsync(scene.Account, message.Id, 1, Cancelled));
        await scene.WriteAsync(u => u.KeepHeadAsync(scene.Account, head));

        var kept = await scene.Store.HeadAsync(scene.Account, message.Id, 1, Cancelled);
        Assert.NotNull(kept);
        Assert.Equal((head.Message, 1, scene.Now), (kept.Message, kept.Revision, kept.CreatedAt));
        Assert.Equal(head.Bytes, kept.Bytes);
        Assert.Equal(head.SentSha256, kept.SentSha256);
        Assert.Null(await scene.Store.HeadAsync(scene.Account, message.Id, 2, Cancelled));
        var taken = await Assert.ThrowsAsync<StoreConflictException>(async () => await scene.WriteAsync(u => u.KeepHeadAsync(scene.Account, head)));
        Assert.Equal("message.head", taken.Key);
        await scene.WriteAsync(u => u.KeepHeadAsync(scene.Account, head with { Revision = 2 }));
    }
}
