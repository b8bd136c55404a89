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

    [Fact]
    public async Task Mailboxes_take_turns_whoever_queued_first()
    {
        var scene = await SceneAsync();
        var second = scene.NewMailbox("second@example.org");
        await scene.WriteAsync(u => u.InsertMailboxAsync(second));
        for (var i = 0; i < 5; i++)
        {
            await QueueAsync(scene);
        }

        Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await QueueAsync(scene, m => m with { Mailbox = second.Id });

        var first = await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 2));
        Assert.Equal([scene.Mailbox, second.Id], first.Select(j => j.Mailbox));
        Assert.Equal(late.Id, first[1].Message);
        Assert.Equal(4, (await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 20))).Count);
    }

    [Fact]
    public async Task The_mailbox_after_the_one_served_last_comes_first()
    {
        var scene = await SceneAsync();
        var second = scene.NewMailbox("second@example.org");
        await scene.WriteAsync(u => u.InsertMailboxAsync(second));
        foreach (var mailbox in (MailboxId[])[scene.Mailbox, second.Id])
        {
            await QueueAsync(scene, m => m with { Mailbox = mailbox });
            await QueueAsync(scene, m => m with { Mailbox = mailbox });
        }

        var jobs = await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1, new ClaimTurn(scene.Mailbox, [])));
        Assert.Equal(second.Id, Assert.Single(jobs).Mailbox);
        jobs = await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1, new ClaimTurn(second.Id, [])));
        Assert.Equal(scene.Mailbox, Assert.Single(jobs).Mailbox);
    }

    [Fact]
    public async Task A_returned_job_waits_for_its_lane_and_for_nothing_else()
    {
        var scene = await SceneAsync();
        await QueueAsync(scene);
        var other = await QueueAsync(scene);
        var job = Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1)));
        await scene.WriteAsync(u => u.ReturnAsync(job, "relay a"));

        Assert.Equal(other.Id, Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 20, new ClaimTurn(default, ["relay a"])))).Message);
        var again = Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 20, new ClaimTurn(default, ["relay b"]))));
        Assert.Equal((job.Message, 0, 0), (again.Message, again.Stage, again.Tries));
    }

    [Fact]
    public async Task A_lease_is_renewed_until_somebody_else_takes_the_job()
    {
        var scene = await SceneAsync();
        await QueueAsync(scene);
        var job = Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1)));
        Clock.Advance(LeaseTime * 2);
        Assert.True(await scene.WriteAsync(u => u.RenewAsync(job, LeaseTime)));
        Assert.True(await scene.WriteAsync(u => u.HoldsLeaseAsync(job)));
        Assert.Empty(await scene.WriteAsync(u => u.ClaimAsync("next", LeaseTime, 1)));

        Clock.Advance(LeaseTime * 2);
        Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("next", LeaseTime, 1)));
        Assert.False(await scene.WriteAsync(u => u.RenewAsync(job, LeaseTime)));
    }

    [Fact]
    public async Task Tries_and_the_time_of_the_first_are_counted_over_all_claims()
    {
        var scene = await SceneAsync();
        await QueueAsync(scene);
        var start = scene.Now;
        for (var tries = 0; tries < 3; tries++)
        {
            var job = Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1)));
            Assert.Equal((tries, tries == 0 ? null : (DateTimeOffset?)start), (job.Tries, job.FirstAt));
            await scene.WriteAsync(async u =>
            {
                await u.MarkAttemptedAsync(job);
                await u.PostponeAsync(job, u.Now.AddMinutes(5), "4.2.0");
            });
            Clock.Advance(TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public async Task A_blocked_job_has_its_time_running_but_no_try()
    {
        var scene = await SceneAsync();
        await QueueAsync(scene);
        var job = Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1)));
        await scene.WriteAsync(u => u.BlockAsync(job, scene.Now.AddHours(1), "unreachable"));

        Assert.Empty(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1)));
        var start = scene.Now;
        Clock.Advance(TimeSpan.FromHours(1));
        var again = Assert.Single(await scene.WriteAsync(u => u.ClaimAsync("worker", LeaseTime, 1)));
        Assert.Equal((0, 0, start), (again.Tries, again.Stage, again.FirstAt));
    }
}
