namespace Storage.Contract;

public abstract partial class StoreContract
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_job_is_claimed_when_it_is_due_and_by_one()
    {
        var scene = await SceneAsync();
        Assert.Null(await scene.Store.NextDueAsync(Cancelled));
        var now = await QueueAsync(scene);
        var later = await QueueAsync(scene, m => m with { SendAt = scene.Now.AddHours(1) });

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ClaimAsync(scene, $"worker {i}").AsTask()));
        var job = Assert.Single(claims.SelectMany(c => c));

        Assert.Equal((now.Id, 1, 1, 0, 1L), (job.Message, job.Revision, job.Attempts, job.Stage, job.Fence));
        Assert.Equal(scene.Now + LeaseTime, job.LeaseUntil);
        Assert.Equal(scene.Now + LeaseTime, await scene.Store.NextDueAsync(Cancelled));
        await scene.WriteAsync(u => u.CompleteAsync(job));
        Assert.Equal(scene.Now.AddHours(1), await scene.Store.NextDueAsync(Cancelled));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(later.Id, Assert.Single(await ClaimAsync(scene, "worker 1")).Message);
    }

    [Fact]
    public async Task Queueing_again_moves_the_due_time_and_makes_no_second_job()
    {
        var scene = await SceneAsync();
        var message = await QueueAsync(scene);
        await scene.WriteAsync(u => u.EnqueueAsync(Moves.Approved(message with { SendAt = scene.Now.AddHours(2) }, scene.Now)));

        Assert.Empty(await ClaimAsync(scene, "worker"));
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Single(await ClaimAsync(scene, "worker"));
    }

    [Fact]
    public async Task A_lease_that_ran_out_goes_to_the_next_with_a_higher_fence_and_the_stage_kept()
    {
        var scene = await SceneAsync();
        await QueueAsync(scene);
        var dead = Assert.Single(await ClaimAsync(scene, "dead"));
        await scene.WriteAsync(u => u.MarkAttemptedAsync(dead));
        Assert.True(await HoldsAsync(dead));
        Assert.Empty(await ClaimAsync(scene, "next"));
        Clock.Advance(LeaseTime);
        Assert.False(await HoldsAsync(dead));

        var next = Assert.Single(await ClaimAsync(scene, "next"));

        Assert.Equal((2, 1, 2L, "next"), (next.Attempts, next.Stage, next.Fence, next.Owner));
        Assert.True(await HoldsAsync(next));
        Assert.False(await HoldsAsync(dead));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await scene.WriteAsync(u => u.PostponeAsync(dead, scene.Now, "late")));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await scene.WriteAsync(u => u.MarkAttemptedAsync(dead)));
        await scene.WriteAsync(u => u.CompleteAsync(dead));
        Assert.True(await HoldsAsync(next));

        ValueTask<bool> HoldsAsync(OutboxJob job) => scene.WriteAsync(u => u.HoldsLeaseAsync(job));
    }

    [Fact]
    public async Task A_postponed_job_comes_back_untried()
    {
        var scene = await SceneAsync();
        await QueueAsync(scene);
        var job = Assert.Single(await ClaimAsync(scene, "worker"));
        await scene.WriteAsync(async u =>
        {
            await u.MarkAttemptedAsync(job);
            await u.PostponeAsync(job, scene.Now.AddMinutes(10), "4.2.0");
        });

        Assert.Empty(await ClaimAsync(scene, "worker"));
        Assert.Equal(scene.Now.AddMinutes(10), await scene.Store.NextDueAsync(Cancelled));
        Clock.Advance(TimeSpan.FromMinutes(10));
        var again = Assert.Single(await ClaimAsync(scene, "worker"));
        Assert.Equal((2, 0, 2L), (again.Attempts, again.Stage, again.Fence));
    }

    [Fact]
    public async Task A_dequeued_job_is_gone()
    {
        var scene = await SceneAsync();
        var message = await QueueAsync(scene);
        await scene.WriteAsync(u => u.DequeueAsync(scene.Account, message.Id));

        Assert.Empty(await ClaimAsync(scene, "worker"));
        Assert.Null(await scene.Store.NextDueAsync(Cancelled));
    }

    [Fact]
    public async Task Claims_take_no_more_than_asked_and_never_the_same()
    {
        var scene = await SceneAsync();
        var ids = new HashSet<MessageId>();
        for (var i = 0; i < 25; i++)
        {
            ids.Add((await QueueAsync(scene)).Id);
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => scene.WriteAsync(u => u.ClaimAsync($"worker {i}", LeaseTime, 7)).AsTask()));

        Assert.Equal([4, 7, 7, 7], claims.Select(c => c.Count).Order());
        Assert.Equal(ids, claims.SelectMany(c => c).Select(j => j.Message).ToHashSet());
    }

    private static ValueTask<IReadOnlyList<OutboxJob>> ClaimAsync(Scene scene, string owner) =>
        scene.WriteAsync(u => u.ClaimAsync(owner, LeaseTime, 20));

    private static async Task<Message> QueueAsync(Scene scene, Func<Message, Message>? change = null)
    {
        var message = scene.Message(Direction.Outbound, MessageState.Queued);
        var made = scene.With(change is null ? message : change(message));
        await scene.WriteAsync(async u =>
        {
            await u.InsertMessageAsync(made, Moves.Release);
            await u.EnqueueAsync(Moves.Approved(made.Message, u.Now));
        });
        return made.Message;
    }
}
