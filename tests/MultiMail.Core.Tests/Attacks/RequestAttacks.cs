using MultiMail.Core.ApiKeys;
using MultiMail.Core.Errors;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Core.Requests;
using MultiMail.Core.Tests.Requests;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>An agent tries to have its own wish granted.</summary>
public sealed class RequestAttacks
{
    [Theory]
    [InlineData("read,send", "mcp")]
    [InlineData("read,send", "rest")]
    [InlineData("send,admin", "rest")]
    [InlineData("admin", "rest")]
    [InlineData("read", "rest")]
    public async Task No_key_without_oversight_decides_its_own_or_another_keys_request(string scopes, string channel)
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync(scopes);
        key = key with { Channel = channel };
        var own = key.MaySend || key.Has(Scopes.Admin) ? await house.AskModeAsync(who: key) : await house.AskModeAsync();
        foreach (var request in new[] { own, await house.AskModeAsync("autonomous") })
        {
            Assert.Equal("scope_missing", await RefusedAsync(() => house.ApproveAsync(request, key)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.RejectAsync(request, key)));
            Assert.Equal("not_found", await RefusedAsync(() => house.Node.Decisions.ApproveAsync(key, new DecisionRequest(request.RequestId, request.Digest, null), default)));
        }

        Assert.Equal("gated_send", await house.ModeAsync());
        Assert.Equal(4, (await house.LeavesAsync("access.refused")).Count);
    }

    [Theory]
    [InlineData(Scopes.Read | Scopes.Oversight, PrincipalKind.Reviewer)]
    [InlineData(Scopes.Read | Scopes.Admin | Scopes.Oversight, PrincipalKind.Operator)]
    public async Task A_key_with_oversight_out_of_the_askers_lineage_decides_nothing(Scopes scopes, PrincipalKind kind)
    {
        await using var house = await House.BuildAsync();
        var (agent, _) = await house.KeyAsync("read,send");
        var (child, _) = await house.KeyAsync("oversight");
        child = child with { Lineage = agent.Lineage, Scopes = scopes, Kind = kind };
        foreach (var request in new[] { await house.AskModeAsync(who: agent), await house.AskMailboxAsync(who: agent) })
        {
            Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(request, child)));
            Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.RejectAsync(request, child)));
        }

        Assert.Equal("gated_send", await house.ModeAsync());
    }

    [Fact]
    public async Task No_edge_makes_such_a_key()
    {
        await using var house = await House.BuildAsync();
        foreach (var scopes in new[] { "read,send", "admin", "operator", "oversight" })
        {
            var (key, _) = await house.KeyAsync(scopes);
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Keys.CreateAsync(key, new NewKey { Name = "mine", Operator = true }, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Keys.CreateAsync(key, new NewKey { Name = "mine", Scopes = ["oversight"] }, default)));
        }
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("oversight")]
    public async Task Over_mcp_nobody_approves_and_the_refusal_says_where_a_person_does(string scopes)
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync(scopes);
        key = key with { Channel = "mcp" };
        var request = await house.AskModeAsync();
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.ApproveAsync(request, key));
        Assert.Equal("oversight_scope_required", refused.Code);
        Assert.Contains(request.ApprovalUrl, refused.Fix, StringComparison.Ordinal);
        Assert.Equal("rejected", (await house.RejectAsync(request, key)).Status);
    }

    [Fact]
    public async Task Over_mcp_an_operator_key_loosens_nothing_directly_either()
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync("operator");
        key = key with { Channel = "mcp" };
        Assert.Equal("oversight_scope_required", await RefusedAsync(() => house.SetModeAsync(Installation.AgentAddress, "autonomous", key)));
        var mode = await house.AskModeAsync("autonomous", key);
        var mailbox = await house.AskMailboxAsync(who: key, mode: "autonomous");
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(mode, key with { Channel = "rest" })));
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(mailbox, key with { Channel = "rest" })));
        Assert.Equal("gated_send", await house.ModeAsync());
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("oversight")]
    [InlineData("read,send,admin")]
    public async Task A_test_key_asks_for_nothing_sees_nothing_and_decides_nothing(string scopes)
    {
        await using var house = await House.BuildAsync();
        var (tester, _) = await house.KeyAsync(scopes, "test");
        var request = await house.AskModeAsync();
        Assert.Equal("live_key_required", await RefusedAsync(() => house.Node.Requests.RequestModeAsync(tester, Installation.AgentAddress, "autonomous", null, default)));
        Assert.Empty((await house.Node.Requests.ListAsync(tester, new RequestListRequest { Status = "all" }, default)).Requests);
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Requests.GetAsync(tester, request.RequestId, default)));
        Assert.Equal(tester.MayDecide ? "live_key_required" : "scope_missing", await RefusedAsync(() => house.ApproveAsync(request, tester)));
        Assert.Equal(tester.MayDecide ? "live_key_required" : "scope_missing", await RefusedAsync(() => house.RejectAsync(request, tester)));
        if (tester.Has(Scopes.Admin))
        {
            Assert.Equal("live_key_required", await RefusedAsync(() => house.Node.Mailboxes.CreateAsync(tester, new NewMailbox { Address = "t@multimail.localhost", OversightMode = "autonomous" }, default)));
            Assert.Equal("live_key_required", await RefusedAsync(() => house.AskLiftAsync(tester)));
        }

        Assert.Equal("gated_send", await house.ModeAsync());
    }

    [Fact]
    public async Task Another_lineages_requests_do_not_exist_for_an_agent()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskModeAsync();
        var (other, _) = await house.KeyAsync("read,send,admin");
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Requests.GetAsync(other, request.RequestId, default)));
        Assert.Equal((0, 0), ((await house.Node.Requests.ListAsync(other, new RequestListRequest(), default)).Total, await house.Node.Requests.CountPendingAsync(other, default)));
        var own = await house.Node.Requests.GetAsync(house.Agent, request.RequestId, default);
        Assert.Null(own.RequestedByName);
        Assert.Single((await house.Node.Requests.ListAsync(house.Agent, new RequestListRequest(), default)).Requests);
    }

    [Fact]
    public async Task A_reviewer_bound_to_other_mailboxes_neither_sees_nor_decides()
    {
        await using var house = await House.BuildAsync();
        var (bound, _) = await house.KeyAsync("read,oversight", "live", Installation.PersonAddress);
        foreach (var request in new[] { await house.AskModeAsync(), await house.AskMailboxAsync() })
        {
            Assert.Equal("not_found", await RefusedAsync(() => house.Node.Requests.GetAsync(bound, request.RequestId, default)));
            Assert.Equal("not_found", await RefusedAsync(() => house.ApproveAsync(request, bound)));
            Assert.Equal("not_found", await RefusedAsync(() => house.RejectAsync(request, bound)));
        }

        Assert.Equal(0, (await house.Node.Requests.ListAsync(bound, new RequestListRequest(), default)).Total);
        var (right, _) = await house.KeyAsync("read,oversight", "live", Installation.AgentAddress);
        Assert.Equal(1, (await house.Node.Requests.ListAsync(right, new RequestListRequest(), default)).Total);
    }

    [Theory]
    [InlineData("req_00000000000000000000000000")]
    [InlineData("req_x")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_guessed_id_finds_nothing(string? id)
    {
        await using var house = await House.BuildAsync();
        await house.AskModeAsync();
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Requests.ApproveAsync(house.Person, id, "sha256:00", null, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Requests.GetAsync(house.Person, id, default)));
    }

    [Fact]
    public async Task An_approval_lets_nothing_go_that_was_held()
    {
        await using var house = await House.BuildAsync();
        var held = await house.SendAsync();
        await house.ApproveAsync(await house.AskModeAsync("autonomous"));
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(held.MessageId));
    }

    [Fact]
    public async Task Bytes_changed_in_the_store_are_not_what_was_approved()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskModeAsync();
        house.Tamper("UPDATE change_request SET payload = CAST(replace(CAST(payload AS TEXT), '\"to\":\"monitored\"', '\"to\":\"autonomous\"') AS BLOB)");
        Assert.Equal("digest_mismatch", await RefusedAsync(() => house.ApproveAsync(request)));
        Assert.Equal("gated_send", await house.ModeAsync());
    }
}
