namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task What_was_committed_is_there_after_the_store_was_closed_and_opened()
    {
        var first = await OpenAsync(Clock);
        var scene = await Scene.CreateAsync(first, Clock);
        var held = await scene.HoldAsync();
        var key = first.StoreKey.ToArray();
        await first.DisposeAsync();

        var store = await StoreAsync();
        var item = await store.PendingItemAsync(scene.Account, held.Message.Id, Cancelled);

        Assert.Equal(held.Approval.Id, item?.Approval.Id);
        Assert.Equal(key, store.StoreKey.ToArray());
        Assert.Equal(32, key.Length);
    }

    [Fact]
    public async Task A_unit_that_throws_keeps_nothing_and_its_exception_reaches_the_caller()
    {
        var scene = await SceneAsync();
        var held = HeldSend.In(scene);

        var thrown = await Assert.ThrowsAsync<NotSupportedException>(async () => await scene.WriteAsync(async u =>
        {
            await held.WriteAsync(u);
            throw new NotSupportedException("half way");
        }));

        Assert.Equal("half way", thrown.Message);
        Assert.Null(await scene.Store.MessageAsync(scene.Account, held.Message.Id, Cancelled));
        Assert.Null(await scene.Store.PendingItemAsync(scene.Account, held.Message.Id, Cancelled));
        Assert.Empty(await scene.Store.EventsAsync(scene.Account, type: null, 10, Cancelled));
        Assert.Equal(0, (await scene.Store.LogHeadAsync(scene.Account, Cancelled))?.Size);
        Assert.Equal(0, (await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))?.Pending);
    }

    [Fact]
    public async Task Units_that_fail_leave_those_committed_with_them_alone()
    {
        var scene = await SceneAsync();
        var sends = Enumerable.Range(0, 60).Select(_ => HeldSend.In(scene)).ToList();

        var results = await Task.WhenAll(sends.Select(async (held, i) =>
        {
            await Task.Yield();
            return await Record.ExceptionAsync(async () => await scene.WriteAsync(async u =>
            {
                await held.WriteAsync(u);
                if (i % 3 == 0)
                {
                    throw new NotSupportedException();
                }
            }));
        }));

        Assert.Equal(20, results.Count(r => r is NotSupportedException));
        Assert.Equal(40, results.Count(r => r is null));
        Assert.Equal(40, (await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))?.Pending);
        Assert.Equal(40, await LogVerifier.VerifyAsync(scene.Store, scene.Account));
    }

    [Fact]
    public async Task A_unit_sees_what_it_wrote_and_others_do_not_before_its_commit()
    {
        var scene = await SceneAsync();
        var held = HeldSend.In(scene);

        var (inside, outside) = await scene.WriteAsync(async u =>
        {
            await held.WriteAsync(u);
            var seenByOthers = scene.Store.MessageAsync(scene.Account, held.Message.Id, Cancelled).AsTask();
            Assert.True(seenByOthers.Wait(TimeSpan.FromSeconds(10), Cancelled));
            return (await u.FindMessageAsync(scene.Account, held.Message.Id), await seenByOthers);
        });

        Assert.NotNull(inside);
        Assert.Null(outside);
        Assert.NotNull(await scene.Store.MessageAsync(scene.Account, held.Message.Id, Cancelled));
    }

    [Fact]
    public async Task The_units_time_is_the_clocks_in_milliseconds_and_stands_still()
    {
        var scene = await SceneAsync();
        Clock.Advance(TimeSpan.FromTicks(12_345));

        var (first, second) = await scene.WriteAsync(u =>
        {
            var now = u.Now;
            Clock.Advance(TimeSpan.FromSeconds(1));
            return ValueTask.FromResult((now, u.Now));
        });

        Assert.Equal(first, second);
        Assert.Equal(0, first.Ticks % TimeSpan.TicksPerMillisecond);
        Assert.Equal(scene.Now.AddSeconds(-1), first);
    }

    [Fact]
    public async Task A_cancelled_caller_gets_no_unit_run()
    {
        var scene = await SceneAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await scene.Store.WriteAsync(
            async u =>
            {
                await u.SetMetaAsync("ran", [1]);
                return true;
            },
            cancelled.Token));

        Assert.Null(await scene.Store.MetaAsync("ran", Cancelled));
    }

    [Fact]
    public async Task An_answer_stands_until_it_expires()
    {
        var scene = await SceneAsync();
        var answer = new IdempotentAnswer(Scene.Sha256("request"), "{\"id\":1}", scene.Now.AddHours(24));
        await scene.WriteAsync(u => u.KeepAnswerAsync(scene.Account, "send", "key-1", answer));

        var found = await scene.WriteAsync(u => u.FindAnswerAsync(scene.Account, "send", "key-1"));
        var taken = await Assert.ThrowsAsync<StoreConflictException>(async () =>
            await scene.WriteAsync(u => u.KeepAnswerAsync(scene.Account, "send", "key-1", answer)));
        Clock.Advance(TimeSpan.FromHours(24));
        var expired = await scene.WriteAsync(u => u.FindAnswerAsync(scene.Account, "send", "key-1"));
        await scene.WriteAsync(u => u.KeepAnswerAsync(scene.Account, "send", "key-1", answer with { Response = "{}", ExpiresAt = scene.Now.AddHours(1) }));
        var replaced = await scene.WriteAsync(u => u.FindAnswerAsync(scene.Account, "send", "key-1"));

        Assert.Equivalent(answer, found, strict: true);
        Assert.Equal("idempotency", taken.Key);
        Assert.Null(expired);
        Assert.Equal("{}", replaced?.Response);
        Assert.Null(await scene.WriteAsync(u => u.FindAnswerAsync(scene.Account, "other scope", "key-1")));
    }

    [Fact]
    public async Task Events_come_newest_first_and_by_type()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();
        var changed = scene.Event(EventTypes.ModeChanged);
        await scene.WriteAsync(u => u.AddEventAsync(changed));

        var all = await scene.Store.EventsAsync(scene.Account, type: null, 10, Cancelled);
        var pending = await scene.Store.EventsAsync(scene.Account, EventTypes.Pending, 10, Cancelled);

        Assert.Equivalent(new[] { changed, held.Event }, all, strict: true);
        Assert.Equal([held.Event.Id], pending.Select(e => e.Id));
        Assert.Equal([changed.Id], (await scene.Store.EventsAsync(scene.Account, type: null, 1, Cancelled)).Select(e => e.Id));
    }

    [Fact]
    public async Task A_commit_wakes_who_waits()
    {
        var scene = await SceneAsync();
        var position = scene.Store.ChangePosition;
        var waiting = scene.Store.WaitForChangeAsync(position, TimeSpan.FromHours(1), Cancelled).AsTask();

        await scene.HoldAsync();

        Assert.True(await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancelled) > position);
    }

    [Fact]
    public async Task A_unit_that_changes_nothing_wakes_nobody()
    {
        var scene = await SceneAsync();
        await scene.HoldAsync();
        while (await scene.Store.IndexPendingAsync(100, Cancelled) > 0)
        {
            // until all is indexed
        }

        var position = await SettledAsync(scene.Store);
        Assert.Equal(0, await scene.Store.IndexPendingAsync(100, Cancelled));
        Assert.Equal(position, await SettledAsync(scene.Store));
    }

    [Fact]
    public async Task A_commit_between_the_look_and_the_wait_is_not_missed()
    {
        var scene = await SceneAsync();
        var position = scene.Store.ChangePosition;
        await scene.HoldAsync();

        var reached = await scene.Store.WaitForChangeAsync(position, TimeSpan.FromHours(1), Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        Assert.True(reached > position);
    }

    [Fact]
    public async Task Waiting_ends_when_its_time_is_up_or_it_is_cancelled()
    {
        var scene = await SceneAsync();

        // What the scene's own commits raised is seen first.
        var position = await SettledAsync(scene.Store);
        var waiting = scene.Store.WaitForChangeAsync(position, TimeSpan.FromSeconds(30), Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(30));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        using var source = new CancellationTokenSource();
        var cancelled = scene.Store.WaitForChangeAsync(scene.Store.ChangePosition, TimeSpan.FromHours(1), source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    private static async Task<long> SettledAsync(IStore store)
    {
        var position = store.ChangePosition;
        for (var i = 0; i < 3; i++)
        {
            position = await store.WaitForChangeAsync(position, TimeSpan.Zero, Cancelled);
        }

        return position;
    }
}
