namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_hold_is_counted_until_it_is_closed_once()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();
        Assert.Equivalent(held.Approval, await scene.WriteAsync(u => u.FindOpenApprovalAsync(scene.Account, held.Message.Id)), strict: true);
        Assert.Equal(1, await PendingCountAsync(scene));

        var closed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            scene.WriteAsync(u => u.CloseApprovalAsync(scene.Account, held.Approval.Id, "approved")).AsTask()));

        Assert.Single(closed, c => c);
        Assert.Equal(0, await PendingCountAsync(scene));
        Assert.Null(await scene.WriteAsync(u => u.FindOpenApprovalAsync(scene.Account, held.Message.Id)));
        Assert.Null(await scene.Store.PendingItemAsync(scene.Account, held.Message.Id, Cancelled));
    }

    [Fact]
    public async Task A_message_has_one_open_hold()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();

        var taken = await Assert.ThrowsAsync<StoreConflictException>(async () => await scene.WriteAsync(u => u.OpenApprovalAsync(scene.ApprovalOf(held.Message))));
        await scene.WriteAsync(u => u.CloseApprovalAsync(scene.Account, held.Approval.Id, "void"));
        await scene.WriteAsync(u => u.OpenApprovalAsync(scene.ApprovalOf(held.Message)));

        Assert.Equal("approval.open", taken.Key);
        Assert.Equal(1, await PendingCountAsync(scene));
    }

    [Fact]
    public async Task The_queue_comes_newest_first_and_by_every_condition()
    {
        var scene = await SceneAsync();
        var second = scene.NewMailbox("second@example.org");
        await scene.WriteAsync(u => u.InsertMailboxAsync(second));
        var old = await scene.HoldAsync(m => m with { Mailbox = second.Id });
        Clock.Advance(TimeSpan.FromHours(1));
        var test = await scene.HoldAsync(m => m with { World = World.Test });
        var other = await scene.HoldAsync(m => m with { SubmitterLineage = "key_2" });
        var inbound = scene.With(scene.Message(Direction.Inbound, MessageState.Held));
        await scene.InsertAsync(inbound, Moves.HoldInbound);
        var inboundHold = scene.ApprovalOf(inbound.Message);
        await scene.WriteAsync(u => u.OpenApprovalAsync(inboundHold));
        var all = new PendingQuery(scene.Account, Mailboxes: null, World: null, Lineage: null, Kind: null, OlderThan: null, Cursor: null, 50);

        await ExpectAsync(all, inboundHold.Id, other.Approval.Id, test.Approval.Id, old.Approval.Id);
        await ExpectAsync(all with { Mailboxes = [second.Id] }, old.Approval.Id);
        await ExpectAsync(all with { World = World.Test }, test.Approval.Id);
        await ExpectAsync(all with { Lineage = "key_2" }, other.Approval.Id);
        await ExpectAsync(all with { Kind = "inbound" }, inboundHold.Id);
        await ExpectAsync(all with { OlderThan = scene.Now }, old.Approval.Id);
        var first = await scene.Store.PendingAsync(all with { Limit = 3 }, Cancelled);
        await scene.HoldAsync();
        var next = await scene.Store.PendingAsync(all with { Limit = 3, Cursor = first[^1].Approval.Id }, Cancelled);
        Assert.Equal([old.Approval.Id], next.Select(p => p.Approval.Id));
        Assert.Equivalent(old.Message with { HeldBefore = true }, next[0].Message, strict: true);
        Assert.Equivalent(old.Approval, (await scene.Store.PendingItemAsync(scene.Account, old.Message.Id, Cancelled))?.Approval, strict: true);

        async Task ExpectAsync(PendingQuery query, params ApprovalId[] expected)
        {
            Assert.Equal(expected, (await scene.Store.PendingAsync(query, Cancelled)).Select(p => p.Approval.Id));
            Assert.Equal(expected.Length, await scene.Store.CountPendingAsync(query, Cancelled));
        }
    }

    [Fact]
    public async Task Approvals_stand_for_their_revision_until_they_are_void()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();
        var first = scene.DecisionOn(held.Approval, owner: "opr_1");
        var rejected = scene.DecisionOn(held.Approval, "reject", "opr_2");
        await scene.WriteAsync(u => u.InsertDecisionAsync(first));
        await scene.WriteAsync(u => u.InsertDecisionAsync(rejected));

        Assert.Equivalent(new[] { first }, await StandingAsync(1), strict: true);
        Assert.Empty(await StandingAsync(2));

        await scene.WriteAsync(u => u.CloseApprovalAsync(scene.Account, held.Approval.Id, "approved"));
        Assert.Single(await StandingAsync(1));
        var again = scene.ApprovalOf(held.Message);
        var second = scene.DecisionOn(again, owner: "opr_3");
        await scene.WriteAsync(async u =>
        {
            await u.OpenApprovalAsync(again);
            await u.InsertDecisionAsync(second);
        });
        Assert.Equal([first.Id, second.Id], (await StandingAsync(1)).Select(d => d.Id));

        await scene.WriteAsync(u => u.VoidApprovalsAsync(scene.Account, held.Message.Id));
        Assert.Empty(await StandingAsync(1));
        Assert.Equivalent(new[] { first, rejected, second }, await scene.Store.DecisionsAsync(scene.Account, held.Message.Id, Cancelled), strict: true);

        ValueTask<IReadOnlyList<Decision>> StandingAsync(int revision) =>
            scene.WriteAsync(u => u.StandingApprovalsAsync(scene.Account, held.Message.Id, revision));
    }

    [Fact]
    public async Task Approvals_of_a_void_hold_do_not_stand()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();
        await scene.WriteAsync(async u =>
        {
            await u.InsertDecisionAsync(scene.DecisionOn(held.Approval));
            await u.CloseApprovalAsync(scene.Account, held.Approval.Id, "void");
        });

        Assert.Empty(await scene.WriteAsync(u => u.StandingApprovalsAsync(scene.Account, held.Message.Id, 1)));
    }

    [Fact]
    public async Task Expired_holds_of_all_accounts_are_listed_oldest_first_while_open()
    {
        var scene = await SceneAsync();
        var other = await Scene.CreateAsync(scene.Store, Clock);
        var first = await scene.HoldAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await other.HoldAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await scene.HoldAsync();
        var closed = await scene.HoldAsync();
        await scene.WriteAsync(u => u.CloseApprovalAsync(scene.Account, closed.Approval.Id, "cancelled"));

        Assert.Empty(await scene.Store.ExpiredApprovalsAsync(first.Approval.ExpiresAt.AddMilliseconds(-1), 10, Cancelled));
        Assert.Equal([first.Approval.Id, second.Approval.Id], await ExpiredAsync(second.Approval.ExpiresAt, 10));
        Assert.Equal([first.Approval.Id], await ExpiredAsync(third.Approval.ExpiresAt.AddDays(1), 1));
        Assert.Equal(3, (await ExpiredAsync(third.Approval.ExpiresAt.AddDays(1), 10)).Count);

        async Task<List<ApprovalId>> ExpiredAsync(DateTimeOffset now, int limit) =>
            [.. (await scene.Store.ExpiredApprovalsAsync(now, limit, Cancelled)).Select(a => a.Id)];
    }

    private static async Task<int> PendingCountAsync(Scene scene) =>
        (await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))!.Pending;
}
