using MultiMail.Core.Notices;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    private static readonly TimeSpan NoticeLease = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task One_notice_of_a_kind_waits_and_later_ones_extend_it()
    {
        var scene = await SceneAsync();
        var first = Notice(scene, NoticeKinds.Summary, 3, 9);
        await scene.WriteAsync(u => u.OpenNoticeAsync(first));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.WriteAsync(u => u.OpenNoticeAsync(Notice(scene, NoticeKinds.Summary, 9, 12)));
        Assert.Equal(first.DueAt, await scene.Store.NextNoticeDueAsync(scene.Account, Cancelled));

        var job = await ClaimNoticeAsync(scene, "a");
        Assert.Equal(new NoticeJob(first.Id, scene.Account, NoticeKinds.Summary, null, 3, 12, first.DueAt, 1, 0, 1, "a"), job);
        Assert.Equal(scene.Now + NoticeLease, await scene.Store.NextNoticeDueAsync(scene.Account, Cancelled));
        Assert.Null(await ClaimNoticeAsync(scene, "b"));
    }

    [Fact]
    public async Task A_notice_goes_to_one_of_many_nodes_and_is_due_in_its_time()
    {
        var scene = await SceneAsync();
        await scene.WriteAsync(u => u.OpenNoticeAsync(Notice(scene, NoticeKinds.Test, 0, 0) with { DueAt = scene.Now.AddMilliseconds(1), Address = "ann@example.net" }));
        Assert.Null(await ClaimNoticeAsync(scene, "a"));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ClaimNoticeAsync(scene, $"node {i}")));
        Assert.Equal("ann@example.net", Assert.Single(claimed, c => c is not null)!.Address);
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_a_lost_try_and_its_owner_may_end_nothing()
    {
        var scene = await SceneAsync();
        await scene.WriteAsync(u => u.OpenNoticeAsync(Notice(scene, NoticeKinds.Summary, 0, 1)));
        var dead = (await ClaimNoticeAsync(scene, "a"))!;
        Clock.Advance(NoticeLease);
        var next = (await ClaimNoticeAsync(scene, "a"))!;
        Assert.Equal((2, 1, dead.Fence + 1), (next.Tries, next.Lost, next.Fence));
        Assert.False(await scene.WriteAsync(u => u.EndNoticeAsync(dead, scene.Ids.Next<NoticeId>(), scene.Now)));
        Assert.False(await scene.WriteAsync(u => u.PostponeNoticeAsync(dead, scene.Now, lost: true)));

        Assert.True(await scene.WriteAsync(u => u.PostponeNoticeAsync(next, scene.Now.AddMinutes(30), lost: true)));
        Assert.Equal(scene.Now.AddMinutes(30), await scene.Store.NextNoticeDueAsync(scene.Account, Cancelled));
        Clock.Advance(TimeSpan.FromMinutes(30));
        var third = (await ClaimNoticeAsync(scene, "b"))!;
        Assert.Equal((3, 2), (third.Tries, third.Lost));
        Assert.True(await scene.WriteAsync(u => u.EndNoticeAsync(third, scene.Ids.Next<NoticeId>(), scene.Now)));
        Assert.Null(await scene.Store.NextNoticeDueAsync(scene.Account, Cancelled));
    }

    [Fact]
    public async Task What_comes_while_a_notice_is_on_its_way_stays_as_another_one()
    {
        var scene = await SceneAsync();
        await scene.WriteAsync(u => u.OpenNoticeAsync(Notice(scene, NoticeKinds.Summary, 0, 5)));
        var job = (await ClaimNoticeAsync(scene, "a"))!;
        await scene.WriteAsync(u => u.OpenNoticeAsync(Notice(scene, NoticeKinds.Summary, 5, 8)));
        var rest = scene.Ids.Next<NoticeId>();
        Assert.True(await scene.WriteAsync(u => u.EndNoticeAsync(job, rest, scene.Now.AddMinutes(10))));
        Assert.Null(await ClaimNoticeAsync(scene, "a"));
        Clock.Advance(TimeSpan.FromMinutes(10));
        var next = (await ClaimNoticeAsync(scene, "a"))!;
        Assert.Equal((rest, 5, 8, 1, 0), (next.Id, next.FromLeaf, next.ToLeaf, next.Tries, next.Lost));
    }

    [Fact]
    public async Task The_log_is_read_on_by_whoever_read_it_from_where_it_stood()
    {
        var scene = await SceneAsync();
        Assert.Null(await scene.Store.NoticeStateAsync(scene.Account, Cancelled));
        Assert.True(await scene.WriteAsync(u => u.NoteReadLeafAsync(scene.Account, null, -1)));
        Assert.False(await scene.WriteAsync(u => u.NoteReadLeafAsync(scene.Account, null, 7)));
        var moved = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => scene.WriteAsync(u => u.NoteReadLeafAsync(scene.Account, -1, 4)).AsTask()));
        Assert.Single(moved, m => m);
        Assert.Equal(new NoticeState(scene.Account, 4, null, null, null, null, null), await scene.Store.NoticeStateAsync(scene.Account, Cancelled));

        await scene.WriteAsync(u => u.NoteNoticeFailedAsync(scene.Account, "deferred"));
        Assert.Equal((scene.Now, "deferred"), Failure(await scene.Store.NoticeStateAsync(scene.Account, Cancelled)));
        await scene.WriteAsync(u => u.NoteNoticeSentAsync(scene.Account, NoticeKinds.Summary));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.WriteAsync(u => u.NoteNoticeSentAsync(scene.Account, NoticeKinds.Escalation));
        var state = await scene.Store.NoticeStateAsync(scene.Account, Cancelled);
        Assert.Equal(new NoticeState(scene.Account, 4, scene.Now.AddSeconds(-1), scene.Now, scene.Now, null, null), state);
    }

    [Fact]
    public async Task News_come_by_name_in_the_order_of_the_log_with_the_hold_that_is_open()
    {
        var scene = await SceneAsync();
        var first = await scene.HoldAsync();
        var other = await scene.HoldAsync(m => m with { World = World.Test, RiskFlags = "external" });
        await scene.ReceiveAsync();
        await scene.WriteAsync(u => u.CloseApprovalAsync(scene.Account, first.Approval.Id, "approved"));
        var all = new NoticeNewsQuery(scene.Account, LeafNames.Of(Leaf.SendHeld), -1, long.MaxValue, 10);
        var news = await scene.Store.NoticeNewsAsync(all, Cancelled);

        Assert.Equal([0, 1], news.Select(n => n.Leaf));
        Assert.Equal([(first.Message.Id, true), (other.Message.Id, false)], news.Select(n => (n.Message!.Value, n.Live!.Value)));
        Assert.Null(news[0].Hold);
        Assert.Equal(new NoticeHold("outbound", "external", other.Approval.ExpiresAt), news[1].Hold);
        Assert.All(news, n => Assert.Equal(scene.Mailbox, n.Mailbox));
        Assert.Equal([1], (await scene.Store.NoticeNewsAsync(all with { After = 0 }, Cancelled)).Select(n => n.Leaf));
        Assert.Equal([0], (await scene.Store.NoticeNewsAsync(all with { UpTo = 0 }, Cancelled)).Select(n => n.Leaf));
        Assert.Equal([0], (await scene.Store.NoticeNewsAsync(all with { Limit = 1 }, Cancelled)).Select(n => n.Leaf));
        Assert.Equal(1, await scene.Store.NewestLeafAsync(scene.Account, LeafNames.Of(Leaf.SendHeld), Cancelled));
        Assert.Null(await scene.Store.NewestLeafAsync(scene.Account, LeafNames.ProfileChanged, Cancelled));
    }

    [Fact]
    public async Task A_hold_is_halfway_after_half_of_its_time_and_escalates_once()
    {
        var scene = await SceneAsync();
        var hold = (await scene.HoldAsync()).Approval;
        await scene.HoldAsync(m => m with { World = World.Test });
        var half = scene.Now.AddHours(36);
        Assert.Empty(await scene.Store.HalfwayApprovalsAsync(scene.Account, half.AddMilliseconds(-1), 10, Cancelled));
        Assert.Equivalent(hold, Assert.Single(await scene.Store.HalfwayApprovalsAsync(scene.Account, half, 10, Cancelled)), strict: true);

        Assert.True(await scene.WriteAsync(u => u.EscalateAsync(scene.Account, hold.Id)));
        Assert.False(await scene.WriteAsync(u => u.EscalateAsync(scene.Account, hold.Id)));
        Assert.Empty(await scene.Store.HalfwayApprovalsAsync(scene.Account, half, 10, Cancelled));

        var decided = (await scene.HoldAsync()).Approval;
        await scene.WriteAsync(u => u.CloseApprovalAsync(scene.Account, decided.Id, "rejected"));
        Assert.False(await scene.WriteAsync(u => u.EscalateAsync(scene.Account, decided.Id)));
    }

    [Fact]
    public async Task Notices_belong_to_their_account()
    {
        var store = await StoreAsync();
        var mine = await Scene.CreateAsync(store, Clock);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var other = await Scene.CreateAsync(store, Clock);
        var hold = await mine.HoldAsync();
        await mine.WriteAsync(u => u.OpenNoticeAsync(Notice(mine, NoticeKinds.Summary, 0, 1)));
        await mine.WriteAsync(u => u.NoteReadLeafAsync(mine.Account, null, 0));

        Assert.Null(await ClaimNoticeAsync(other, "a"));
        Assert.Null(await store.NextNoticeDueAsync(other.Account, Cancelled));
        Assert.Null(await store.NoticeStateAsync(other.Account, Cancelled));
        Assert.Empty(await store.HalfwayApprovalsAsync(other.Account, Clock.GetUtcNow().AddDays(9), 10, Cancelled));
        Assert.Empty(await store.NoticeNewsAsync(new NoticeNewsQuery(other.Account, "send.held", -1, long.MaxValue, 10), Cancelled));
        Assert.False(await other.WriteAsync(u => u.EscalateAsync(other.Account, hold.Approval.Id)));
        Assert.False(await other.WriteAsync(u => u.NoteReadLeafAsync(other.Account, 0, 9)));
    }

    private static (DateTimeOffset?, string?) Failure(NoticeState? state) => (state?.FailedAt, state?.Failure);

    private static NewNotice Notice(Scene scene, string kind, long from, long to) => new(scene.Ids.Next<NoticeId>(), scene.Account, kind, null, from, to, scene.Now);

    private static Task<NoticeJob?> ClaimNoticeAsync(Scene scene, string owner) => scene.WriteAsync(u => u.ClaimNoticeAsync(scene.Account, owner, NoticeLease)).AsTask();
}
