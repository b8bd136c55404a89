using System.Text;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_request_comes_back_as_it_was_stored()
    {
        var scene = await SceneAsync();
        var about = await OpenAsync(scene, "one", r => r with { Mailbox = scene.Mailbox, Justification = "because \0 of it" });
        var account = await OpenAsync(scene, "two");

        Assert.Equivalent(about, await scene.Store.RequestAsync(scene.Account, about.Id, Cancelled), strict: true);
        Assert.Equivalent(account, await scene.WriteAsync(u => u.FindRequestAsync(scene.Account, account.Id)), strict: true);
        Assert.Equivalent(about, await scene.WriteAsync(u => u.FindOpenRequestAsync(scene.Account, about.Lineage, about.Digest)), strict: true);
        Assert.Null(await scene.WriteAsync(u => u.FindOpenRequestAsync(scene.Account, "key_2", about.Digest)));
    }

    [Fact]
    public async Task A_lineage_has_a_change_open_once()
    {
        var scene = await SceneAsync();
        var first = await OpenAsync(scene, "same");
        var taken = await Assert.ThrowsAsync<StoreConflictException>(() => OpenAsync(scene, "same"));
        Assert.Equal("request.open", taken.Key);
        await OpenAsync(scene, "same", r => r with { Lineage = "key_2" });
        await scene.WriteAsync(u => u.SettleRequestAsync(scene.Account, first.Id, RequestStatus.Rejected));
        await OpenAsync(scene, "same");
        Assert.Equal((1, 1), (await CountOpenAsync(scene, "key_1"), await CountOpenAsync(scene, "key_2")));
    }

    [Fact]
    public async Task A_request_is_settled_once()
    {
        var scene = await SceneAsync();
        var request = await OpenAsync(scene, "one");
        var settled = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            scene.WriteAsync(u => u.SettleRequestAsync(scene.Account, request.Id, i % 2 == 0 ? RequestStatus.Approved : RequestStatus.Rejected)).AsTask()));

        Assert.Single(settled, s => s);
        Assert.NotEqual(RequestStatus.Pending, (await scene.Store.RequestAsync(scene.Account, request.Id, Cancelled))!.Status);
        Assert.Null(await scene.WriteAsync(u => u.FindOpenRequestAsync(scene.Account, request.Lineage, request.Digest)));
        Assert.Equal(0, await CountOpenAsync(scene, "key_1"));
    }

    [Fact]
    public async Task Requests_come_newest_first_and_by_every_condition()
    {
        var scene = await SceneAsync();
        var about = await OpenAsync(scene, "one", r => r with { Mailbox = scene.Mailbox });
        var other = await OpenAsync(scene, "two", r => r with { Lineage = "key_2" });
        var decided = await OpenAsync(scene, "three");
        await scene.WriteAsync(u => u.SettleRequestAsync(scene.Account, decided.Id, RequestStatus.Expired));
        var all = new ChangeRequestQuery(scene.Account, Lineage: null, Mailboxes: null, Status: null, Cursor: null, 50);

        await ExpectAsync(all, decided.Id, other.Id, about.Id);
        await ExpectAsync(all with { Lineage = "key_2" }, other.Id);
        await ExpectAsync(all with { Mailboxes = [scene.Mailbox] }, about.Id);
        await ExpectAsync(all with { Mailboxes = [] });
        await ExpectAsync(all with { Status = RequestStatus.Pending }, other.Id, about.Id);
        await ExpectAsync(all with { Status = RequestStatus.Pending, Mailboxes = [scene.Mailbox] }, about.Id);
        await ExpectAsync(all with { Status = RequestStatus.Pending, Lineage = "key_2" }, other.Id);
        await ExpectAsync(all with { Status = RequestStatus.Expired }, decided.Id);
        Assert.Equal([about.Id], (await scene.Store.RequestsAsync(all with { Cursor = other.Id, Limit = 1 }, Cancelled)).Select(r => r.Id));

        async Task ExpectAsync(ChangeRequestQuery query, params RequestId[] expected)
        {
            Assert.Equal(expected, (await scene.Store.RequestsAsync(query, Cancelled)).Select(r => r.Id));
            Assert.Equal(expected.Length, await scene.Store.CountRequestsAsync(query, Cancelled));
        }
    }

    [Fact]
    public async Task Only_what_waits_past_its_time_is_late()
    {
        var scene = await SceneAsync();
        var late = await OpenAsync(scene, "one", r => r with { ExpiresAt = scene.Now });
        var decided = await OpenAsync(scene, "two", r => r with { ExpiresAt = scene.Now });
        await OpenAsync(scene, "three", r => r with { ExpiresAt = scene.Now.AddMilliseconds(1) });
        await scene.WriteAsync(u => u.SettleRequestAsync(scene.Account, decided.Id, RequestStatus.Approved));

        Assert.Equal([late.Id], (await scene.Store.ExpiredRequestsAsync(scene.Now, 1_000, Cancelled)).Where(r => r.Account == scene.Account).Select(r => r.Id));
    }

    [Fact]
    public async Task Decisions_about_a_request_come_oldest_first()
    {
        var scene = await SceneAsync();
        var request = await OpenAsync(scene, "one");
        var (first, second) = (Decision("approve", "opr_1", null), Decision("reject", "opr_2", "No."));
        await scene.WriteAsync(u => u.InsertRequestDecisionAsync(first));
        await scene.WriteAsync(u => u.InsertRequestDecisionAsync(second));

        Assert.Equivalent(new[] { first, second }, await scene.Store.RequestDecisionsOfAsync(scene.Account, request.Id, Cancelled), strict: true);
        Assert.Equivalent(new[] { first, second }, await scene.WriteAsync(u => u.RequestDecisionsAsync(scene.Account, request.Id)), strict: true);

        RequestDecision Decision(string verb, string owner, string? reason) =>
            new(scene.Ids.Next<DecisionId>(), scene.Account, request.Id, verb, owner, owner, "dashboard", reason, request.Digest, scene.Now);
    }

    [Fact]
    public async Task Requests_of_another_account_are_out_of_reach()
    {
        var (mine, theirs) = (await SceneAsync(), await SceneAsync());
        var request = await OpenAsync(theirs, "one");

        Assert.Null(await mine.Store.RequestAsync(mine.Account, request.Id, Cancelled));
        Assert.Null(await mine.WriteAsync(u => u.FindRequestAsync(mine.Account, request.Id)));
        Assert.Null(await mine.WriteAsync(u => u.FindOpenRequestAsync(mine.Account, request.Lineage, request.Digest)));
        Assert.False(await mine.WriteAsync(u => u.SettleRequestAsync(mine.Account, request.Id, RequestStatus.Approved)));
        Assert.Empty(await mine.Store.RequestsAsync(new ChangeRequestQuery(mine.Account, null, null, null, null, 50), Cancelled));
        Assert.Equal(RequestStatus.Pending, (await theirs.Store.RequestAsync(theirs.Account, request.Id, Cancelled))!.Status);
    }

    private static async Task<ChangeRequest> OpenAsync(Scene scene, string what, Func<ChangeRequest, ChangeRequest>? change = null)
    {
        var request = new ChangeRequest(
            scene.Ids.Next<RequestId>(), scene.Account, "mode", Mailbox: null, Encoding.UTF8.GetBytes($"{{\"kind\":\"{what}\"}}"), Scene.Sha256(what), Justification: null,
            "key_1", "key_1", RequestStatus.Pending, scene.Now, scene.Now.AddHours(72));
        request = change is null ? request : change(request);
        await scene.WriteAsync(u => u.InsertRequestAsync(request));
        return request;
    }

    private static ValueTask<int> CountOpenAsync(Scene scene, string lineage) => scene.WriteAsync(u => u.CountOpenRequestsAsync(scene.Account, lineage));
}
