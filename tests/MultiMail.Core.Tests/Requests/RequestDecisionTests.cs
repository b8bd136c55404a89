using MultiMail.Core.Errors;
using MultiMail.Core.Events;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Suppression;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Requests;

/// <summary>Who decides, about what, and once.</summary>
public sealed class RequestDecisionTests
{
    [Theory]
    [InlineData("operator")]
    [InlineData("oversight")]
    public async Task A_key_with_oversight_decides_over_rest(string scopes)
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync(scopes);
        await house.ApproveAsync(await house.AskModeAsync(), key);
        Assert.Equal("monitored", await house.ModeAsync());
        await house.RejectAsync(await house.AskMailboxAsync(), key);
    }

    [Fact]
    public async Task A_reviewers_key_lifts_no_bounce_as_it_lifts_none_directly()
    {
        await using var house = await House.BuildAsync();
        await house.SuppressAsync();
        var request = await house.AskLiftAsync();
        var (reviewer, _) = await house.KeyAsync("oversight");
        var (stands, _) = await house.KeyAsync("operator");
        Assert.Equal("oversight_scope_required", await RefusedAsync(() => house.ApproveAsync(request, reviewer)));
        await house.ApproveAsync(request, stands);
    }

    [Fact]
    public async Task Without_the_digest_of_what_was_seen_nothing_is_decided()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskModeAsync();
        foreach (var digest in new[] { null, string.Empty, "sha256:00", request.Digest.ToUpperInvariant(), (await house.AskModeAsync("autonomous")).Digest })
        {
            Assert.Equal("digest_mismatch", await RefusedAsync(() => house.Node.Requests.ApproveAsync(house.Person, request.RequestId, digest, null, default)));
            Assert.Equal("digest_mismatch", await RefusedAsync(() => house.Node.Requests.RejectAsync(house.Person, request.RequestId, digest, "No.", default)));
        }

        Assert.Equal("pending", await house.StatusAsync(request));
        Assert.Empty(await house.LeavesAsync("request.decided"));
    }

    [Fact]
    public async Task A_rejection_says_why_and_changes_nothing()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskModeAsync();
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Requests.RejectAsync(house.Person, request.RequestId, request.Digest, " ", default)));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Requests.RejectAsync(house.Person, request.RequestId, request.Digest, new string('x', 501), default)));
        Assert.Equal("rejected", (await house.RejectAsync(request)).Status);
        Assert.Equal("gated_send", await house.ModeAsync());
        var seen = await house.Node.Requests.GetAsync(house.Agent, request.RequestId, default);
        Assert.Equal("Not yet.", Assert.Single(seen.Decisions).Reason);
        Assert.Equal("already_decided", await RefusedAsync(() => house.ApproveAsync(request)));
        Assert.Equal("already_decided", await RefusedAsync(() => house.RejectAsync(request)));
    }

    [Fact]
    public async Task What_changed_meanwhile_is_not_changed_on()
    {
        await using var house = await House.BuildAsync();
        var mode = await house.AskModeAsync("autonomous");
        var (admin, _) = await house.KeyAsync("admin");
        await house.Node.Mailboxes.ChangeAsync(admin, Installation.AgentAddress, new MailboxChange { AgentId = "another" }, default);
        Assert.Equal("version_conflict", await RefusedAsync(() => house.ApproveAsync(mode)));
        Assert.Equal("The mailbox was changed after this was asked.", (await house.Node.Requests.GetAsync(house.Person, mode.RequestId, default)).Obstacle);

        await house.SetModeAsync(Installation.AgentAddress, "gated_all");
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.ApproveAsync(mode));
        Assert.Equal("The mailbox is gated all now, no longer gated send.", refused.Message);
        Assert.Equal("pending", await house.StatusAsync(mode));
        await house.RejectAsync(mode);
        Assert.Equal("gated_all", await house.ModeAsync());
    }

    [Fact]
    public async Task An_address_taken_meanwhile_makes_no_second_mailbox()
    {
        await using var house = await House.BuildAsync();
        var request = await house.AskMailboxAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, new NewMailbox { Address = "sales@multimail.localhost" }, default);
        Assert.Equal("address_taken", await RefusedAsync(() => house.ApproveAsync(request)));
        Assert.Equal("The address was taken meanwhile.", (await house.Node.Requests.GetAsync(house.Person, request.RequestId, default)).Obstacle);
        Assert.Equal("pending", await house.StatusAsync(request));
        Assert.Empty(await house.LeavesAsync("request.decided"));
    }

    [Fact]
    public async Task A_complaint_that_came_meanwhile_stands()
    {
        await using var house = await House.BuildAsync();
        await house.SuppressAsync();
        var request = await house.AskLiftAsync();
        await house.SuppressAsync(SuppressionReason.Complaint);
        Assert.Equal("version_conflict", await RefusedAsync(() => house.ApproveAsync(request)));
        await house.Node.Suppressions.RemoveAsync(house.Person, Asking.Bounced, default);
        Assert.Equal("version_conflict", await RefusedAsync(() => house.ApproveAsync(request)));
    }

    [Fact]
    public async Task What_a_revoked_key_asked_for_is_not_granted()
    {
        await using var house = await House.BuildAsync();
        var (agent, _) = await house.KeyAsync("read,send");
        var request = await house.AskModeAsync(who: agent);
        await house.Node.Keys.RevokeAsync(house.Person, agent.PublicId, default);
        Assert.Equal("version_conflict", await RefusedAsync(() => house.ApproveAsync(request)));
        Assert.Equal("The key that asked was revoked.", (await house.Node.Requests.GetAsync(house.Person, request.RequestId, default)).Obstacle);
        await house.RejectAsync(request);
        Assert.Equal("gated_send", await house.ModeAsync());
    }

    [Fact]
    public async Task Two_owners_approve_where_the_account_asks_for_two()
    {
        await using var house = await House.BuildAsync();
        house.Tamper("UPDATE account SET dual_control = 1");
        var second = await house.SecondPersonAsync();
        var (keyOfFirst, _) = await house.KeyAsync("operator");
        var request = await house.AskModeAsync();
        Assert.Equal("pending", (await house.ApproveAsync(request)).Status);
        Assert.Equal("gated_send", await house.ModeAsync());
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(request)));
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(request, keyOfFirst)));
        var between = await house.Node.Requests.GetAsync(house.Person, request.RequestId, default);
        Assert.Equal((1, 2), (between.ApprovalsGiven, between.ApprovalsNeeded));
        Assert.Empty(await house.Store.EventsAsync(house.Person.Account, EventTypes.RequestDecided, 10, default));

        Assert.Equal("approved", (await house.ApproveAsync(request, second)).Status);
        Assert.Equal("monitored", await house.ModeAsync());
        Assert.Equal(["approved", "approval_given"], (await house.LeavesAsync("request.decided")).Select(l => l.Reason));
    }

    [Fact]
    public async Task Two_owners_at_once_are_two_and_make_the_change_once()
    {
        await using var house = await House.BuildAsync();
        house.Tamper("UPDATE account SET dual_control = 1");
        var second = await house.SecondPersonAsync();
        var request = await house.AskMailboxAsync();
        var answers = await Task.WhenAll(Task.Run(() => house.ApproveAsync(request)), Task.Run(() => house.ApproveAsync(request, second)));
        Assert.Equal(["approved", "pending"], answers.Select(a => a.Status).Order(StringComparer.Ordinal));
        Assert.Equal(3, (await house.LeavesAsync("mailbox.created")).Count);
    }

    [Fact]
    public async Task One_of_two_may_still_say_no()
    {
        await using var house = await House.BuildAsync();
        house.Tamper("UPDATE account SET dual_control = 1");
        var request = await house.AskModeAsync();
        await house.ApproveAsync(request);
        Assert.Equal("rejected", (await house.RejectAsync(request, await house.SecondPersonAsync())).Status);
        Assert.Equal("gated_send", await house.ModeAsync());
    }

    [Fact]
    public async Task Whoever_comes_first_decides_and_nobody_after()
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync("operator");
        for (var round = 0; round < 20; round++)
        {
            await house.SetModeAsync(Installation.AgentAddress, "gated_send");
            var request = await house.AskModeAsync();
            var told = (await house.Store.EventsAsync(house.Person.Account, EventTypes.RequestDecided, 100, default)).Count;
            using var start = new Barrier(4);
            var acts = new Func<Task>[]
            {
                () => house.ApproveAsync(request),
                () => house.ApproveAsync(request, key),
                () => house.RejectAsync(request),
                async () =>
                {
                    house.Clock.Advance(TimeSpan.FromHours(72));
                    await house.Node.Clockwork.ExpireAsync(default);
                },
            };
            var codes = await Task.WhenAll(acts.Select(act => Task.Run(async () =>
            {
                start.SignalAndWait(TimeSpan.FromSeconds(30));
                try
                {
                    await act();
                    return null;
                }
                catch (RefusalException refused)
                {
                    return refused.Code;
                }
            })));

            var status = await house.StatusAsync(request);
            Assert.Contains(status, new[] { "approved", "rejected", "expired" });
            Assert.Equal(status == "approved" ? "monitored" : "gated_send", await house.ModeAsync());
            Assert.Equal(status == "expired" ? 0 : 1, codes[..3].Count(c => c is null));
            Assert.All(codes[..3].OfType<string>(), c => Assert.Contains(c, new[] { "already_decided", "request_expired" }));
            Assert.Equal(told + 1, (await house.Store.EventsAsync(house.Person.Account, EventTypes.RequestDecided, 100, default)).Count);
            Assert.Single(await house.LeavesAsync("request.decided"), l => l.Result == request.RequestId);
        }
    }
}
