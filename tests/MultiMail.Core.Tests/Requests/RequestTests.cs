using System.Text;
using MultiMail.Core.Errors;
using MultiMail.Core.Events;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Requests;
using MultiMail.Core.Suppression;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Requests;

/// <summary>Asking, and what becomes of it.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task A_looser_mode_waits_for_a_person_and_then_holds()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskModeAsync();
        Assert.Equal("pending", request.Status);
        Assert.Equal($"{house.Node.Options.PublicUrl}/requests/{request.RequestId}", request.ApprovalUrl);
        Assert.Equal("gated_send", await house.ModeAsync());

        var seen = await house.Node.Requests.GetAsync(house.Person, request.RequestId, default);
        Assert.Equal(new ChangeLine("Mode", "gated_send", "monitored"), Assert.Single(seen.Changes));
        Assert.Equal(("local agent", "Thirty clean weeks.", Installation.AgentAddress), (seen.RequestedByName, seen.Justification, seen.Mailbox));
        Assert.Null(seen.Obstacle);

        Assert.Equal("approved", (await house.ApproveAsync(request)).Status);
        Assert.Equal("monitored", await house.ModeAsync());
        Assert.Single(await house.LeavesAsync("request.opened"));
        Assert.Equal(request.RequestId, Assert.Single(await house.LeavesAsync("request.decided")).Result);
        Assert.Single(await house.LeavesAsync("mailbox.mode_changed"));
        Assert.Single(await house.Store.EventsAsync(house.Person.Account, EventTypes.ModeChanged, 10, default));
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, default)).Ok);
    }

    [Fact]
    public async Task Tightening_happens_at_once_and_a_person_asks_nobody()
    {
        await using var house = await House.BuildAsync();
        Assert.Equal("gated_all", Assert.IsType<ModeSet>(await house.Node.Requests.RequestModeAsync(house.Agent, Installation.AgentAddress, "gated_all", null, default)).Mailbox.OversightMode);
        Assert.Equal("autonomous", Assert.IsType<ModeSet>(await house.Node.Requests.RequestModeAsync(house.Person, Installation.AgentAddress, "autonomous", null, default)).Mailbox.OversightMode);
        Assert.Empty((await house.Node.Requests.ListAsync(house.Person, new RequestListRequest { Status = "all" }, default)).Requests);
    }

    [Fact]
    public async Task Read_only_frees_the_inbound_mail_of_gated_all_and_so_is_asked_for()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "gated_all");
        var request = await house.AskModeAsync("read_only");
        Assert.Equal("gated_all", await house.ModeAsync());
        await house.ApproveAsync(request);
        Assert.Equal("read_only", await house.ModeAsync());
    }

    [Fact]
    public async Task A_new_mailbox_is_made_when_approved_and_the_key_that_asked_may_use_it()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskMailboxAsync();
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Mailboxes.GetAsync(house.Agent, "sales@multimail.localhost", default)));
        await house.ApproveAsync(request);
        var agent = await house.Node.Installation.LocalAgentAsync("mcp", default);
        var made = await house.Node.Mailboxes.GetAsync(agent, "sales@multimail.localhost", default);
        Assert.Equal(("gated_send", "sales"), (made.OversightMode, made.AgentId));
        var receipt = await house.SendAsync(Letter() with { From = made.Address }, agent);
        Assert.Equal("pending", receipt.Status);
        Assert.Equal(3, (await house.LeavesAsync("mailbox.created")).Count);
    }

    [Theory]
    [InlineData("gated_send", "autonomous", "gated_send")]
    [InlineData("monitored", "monitored", "gated_send")]
    [InlineData("gated_all", null, "gated_all")]
    [InlineData("gated_all", "read_only", "gated_all")]
    [InlineData("read_only", "gated_send", "read_only")]
    [InlineData("gated_send", "read_only", "read_only")]
    public async Task An_agents_new_mailbox_is_no_looser_than_its_own(string own, string? asked, string becomes)
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, own);
        var outcome = Assert.IsType<MailboxAsked>(await house.Node.Mailboxes.CreateAsync(house.Agent, new NewMailbox { Address = "new@multimail.localhost", OversightMode = asked }, default));
        Assert.Equal(becomes, outcome.OversightMode);
        await house.ApproveAsync(outcome.Request);
        Assert.Equal(becomes, (await house.Node.Mailboxes.GetAsync(house.Person, "new@multimail.localhost", default)).OversightMode);
    }

    [Fact]
    public async Task An_admin_key_asks_for_a_looser_mailbox_and_gets_it_as_asked()
    {
        await using var house = await House.BuildAsync();
        var (admin, _) = await house.KeyAsync("admin");
        await house.ApproveAsync(await house.AskMailboxAsync(who: admin, mode: "monitored"));
        Assert.Equal("monitored", (await house.Node.Mailboxes.GetAsync(house.Person, "sales@multimail.localhost", default)).OversightMode);
    }

    [Fact]
    public async Task A_bounce_is_lifted_on_evidence()
    {
        await using var house = await House.BuildAsync();
        await house.SuppressAsync();
        var request = await house.AskLiftAsync();
        Assert.Contains(new ChangeLine("Evidence, in the asker's words", null, "They wrote to us today."), (await house.Node.Requests.GetAsync(house.Person, request.RequestId, default)).Changes);
        await house.ApproveAsync(request);
        Assert.Empty((await house.Node.Suppressions.ListAsync(house.Person, new SuppressionRequest(), default)).Suppressions);
        Assert.Single(await house.LeavesAsync("suppression.removed"));
    }

    [Theory]
    [InlineData(SuppressionReason.Complaint)]
    [InlineData(SuppressionReason.Unsubscribe)]
    [InlineData(SuppressionReason.Manual)]
    public async Task Nothing_but_a_bounce_is_lifted_on_request(SuppressionReason reason)
    {
        await using var house = await House.BuildAsync();
        await house.SuppressAsync(reason);
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.AskLiftAsync()));
        await house.SuppressAsync();
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.AskLiftAsync()));
    }

    [Fact]
    public async Task The_same_wish_again_is_the_same_request()
    {
        await using var house = await House.BuildAsync();
        var first = await house.AskModeAsync();
        Assert.Equal(first, await house.AskModeAsync(why: "Other words."));
        var (other, _) = await house.KeyAsync("read,send");
        Assert.NotEqual(first.RequestId, (await house.AskModeAsync(who: other)).RequestId);
        Assert.Equal(2, (await house.LeavesAsync("request.opened")).Count);
        Assert.Equal(2, (await house.Store.EventsAsync(house.Person.Account, EventTypes.RequestPending, 10, default)).Count);
        await house.RejectAsync(first);
        Assert.NotEqual(first.RequestId, (await house.AskModeAsync()).RequestId);
    }

    [Fact]
    public async Task Many_calls_at_once_open_one_request()
    {
        await using var house = await House.BuildAsync();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => house.AskModeAsync())));
        Assert.Single(receipts.Distinct());
        Assert.Single(await house.LeavesAsync("request.opened"));
    }

    [Fact]
    public async Task A_repeated_call_with_its_key_is_answered_as_before_also_when_it_was_decided()
    {
        await using var house = await House.BuildAsync();
        var first = await AskAsync("monitored");
        await house.RejectAsync(first);
        var again = await AskAsync("monitored");
        Assert.Equal((first.RequestId, "rejected"), (again.RequestId, again.Status));
        Assert.Equal("idempotency_conflict", await RefusedAsync(() => AskAsync("autonomous")));

        async Task<RequestReceipt> AskAsync(string mode) =>
            Assert.IsType<ModeAsked>(await house.Node.Requests.RequestModeAsync(house.Agent, null, mode, null, default, "once")).Request;
    }

    [Fact]
    public async Task Fifty_may_wait_and_no_more()
    {
        await using var house = await House.BuildAsync();
        for (var i = 0; i < RequestBookLimit; i++)
        {
            await house.AskMailboxAsync($"m{i}@multimail.localhost");
        }

        Assert.Equal("pending_limit", await RefusedAsync(() => house.AskMailboxAsync("one-more@multimail.localhost")));
        await house.AskMailboxAsync("m7@multimail.localhost"); // stands already
        var (other, _) = await house.KeyAsync("read,send");
        var theirs = await house.AskMailboxAsync("theirs@multimail.localhost", other);
        await house.RejectAsync(theirs);
        await house.RejectAsync(await house.AskMailboxAsync("m7@multimail.localhost"));
        await house.AskMailboxAsync("one-more@multimail.localhost");
    }

    private const int RequestBookLimit = 50;

    [Fact]
    public async Task Nobody_decided_in_time_and_nothing_changes()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskModeAsync();
        house.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await house.Node.Clockwork.ExpireAsync(default));
        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("request_expired", await RefusedAsync(() => house.ApproveAsync(request)));
        Assert.Equal("request_expired", await RefusedAsync(() => house.RejectAsync(request)));
        Assert.Equal(1, await house.Node.Clockwork.ExpireAsync(default));
        Assert.Equal(0, await house.Node.Clockwork.ExpireAsync(default));
        Assert.Equal("expired", await house.StatusAsync(request));
        Assert.Equal("expired", Assert.Single(await house.LeavesAsync("request.decided")).Reason);
        house.Clock.AdjustTime(house.Clock.GetUtcNow().AddHours(-72)); // a clock set back revives nothing
        Assert.Equal("already_decided", await RefusedAsync(() => house.ApproveAsync(request)));
        Assert.Equal("gated_send", await house.ModeAsync());
    }

    [Fact]
    public async Task What_expired_unnoticed_is_asked_for_anew()
    {
        await using var house = await House.BuildAsync();
        var old = await house.AskModeAsync();
        house.Clock.Advance(TimeSpan.FromHours(73));
        var renewed = await house.AskModeAsync();
        Assert.NotEqual(old.RequestId, renewed.RequestId);
        Assert.Equal("expired", await house.StatusAsync(old));
        await house.ApproveAsync(renewed);
    }

    [Fact]
    public async Task Everything_wrong_with_a_wish_is_named()
    {
        await using var house = await House.BuildAsync();
        var (admin, _) = await house.KeyAsync("admin");
        var mode = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Requests.RequestModeAsync(house.Agent, "nobody@multimail.localhost", "wild", new string('x', 501), default));
        Assert.Equal(["mailbox", "target_mode", "justification"], mode.Violations.Select(v => v.Field));
        var lift = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Requests.RequestLiftAsync(admin, "nobody", new string('x', 2_001), "\ud800", default));
        Assert.Equal(["address", "evidence", "justification"], lift.Violations.Select(v => v.Field));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Requests.RequestLiftAsync(admin, Asking.Bounced, "It is right.", null, default)));
        Assert.Equal("address_taken", await RefusedAsync(() => house.AskMailboxAsync(Installation.PersonAddress)));
        Assert.Equal("domain_not_registered", await RefusedAsync(() => house.AskMailboxAsync("x@example.org")));
    }

    [Fact]
    public async Task Events_tell_ids_and_states_and_a_rejections_reason_only()
    {
        await using var house = await House.BuildAsync();
        await house.SuppressAsync();
        await house.RejectAsync(await house.AskModeAsync());
        await house.ApproveAsync(await house.AskLiftAsync());
        var told = (await house.Store.EventsAsync(house.Person.Account, null, 20, default)).Where(e => e.Type.StartsWith("request.", StringComparison.Ordinal)).ToList();
        var texts = told.ConvertAll(e => Encoding.UTF8.GetString(e.Body));
        Assert.Equal(["request.decided", "request.pending", "request.decided", "request.pending"], told.Select(e => e.Type));
        Assert.Contains("\"kind\":\"mode\",\"status\":\"rejected\",\"mailbox\":\"agent@multimail.localhost\",\"rejection_reason\":\"Not yet.\"", texts[2], StringComparison.Ordinal);
        Assert.All(texts, t => Assert.DoesNotContain("example.com", t, StringComparison.Ordinal));
        Assert.All(texts, t => Assert.DoesNotContain("clean weeks", t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_is_paged_newest_first_and_by_status()
    {
        await using var house = await House.BuildAsync();
        var all = new List<RequestReceipt>();
        for (var i = 0; i < 5; i++)
        {
            all.Add(await house.AskMailboxAsync($"m{i}@multimail.localhost"));
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await house.RejectAsync(all[1]);
        var first = await house.Node.Requests.ListAsync(house.Person, new RequestListRequest { Limit = 3 }, default);
        var next = await house.Node.Requests.ListAsync(house.Person, new RequestListRequest { Limit = 3, Cursor = first.NextCursor }, default);
        Assert.Equal([all[4].RequestId, all[3].RequestId, all[2].RequestId, all[0].RequestId], first.Requests.Concat(next.Requests).Select(r => r.RequestId));
        Assert.Equal((4, null), (first.Total, next.NextCursor));
        Assert.Equal(4, await house.Node.Requests.CountPendingAsync(house.Person, default));
        Assert.Equal([all[1].RequestId], (await house.Node.Requests.ListAsync(house.Person, new RequestListRequest { Status = "rejected" }, default)).Requests.Select(r => r.RequestId));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Requests.ListAsync(house.Person, new RequestListRequest { Status = "open" }, default)));
    }
}
