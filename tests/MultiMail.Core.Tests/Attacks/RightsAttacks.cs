using MultiMail.Core.Audit;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>Attempts to approve, change or touch what is not one's own.</summary>
public sealed class RightsAttacks
{
    [Theory]
    [InlineData("read", "live")]
    [InlineData("send", "test")]
    [InlineData("operator", "test")]
    public async Task Asking_for_the_mode_that_stands_changes_nothing_and_leaves_no_leaf(string scopes, string env)
    {
        await using var house = await House.BuildAsync();
        var (nobody, _) = await house.KeyAsync(scopes, env);
        var before = await house.Node.Mailboxes.GetAsync(house.Person, Installation.AgentAddress, default);
        var after = await house.Node.Mailboxes.ChangeAsync(nobody, Installation.AgentAddress, new MailboxChange { OversightMode = "gated_send" }, default);
        Assert.Equal(before, after);
        Assert.Equal(before, await house.Node.Mailboxes.GetAsync(house.Person, Installation.AgentAddress, default));
        Assert.Empty((await house.Node.Audit.QueryAsync(house.Person, new AuditLogRequest { Action = "mailbox.updated" }, default)).Entries);
    }

    [Fact]
    public async Task Whoever_wrote_a_message_is_not_one_of_the_two_who_approve_it()
    {
        await using var house = await House.BuildAsync();
        house.Tamper("UPDATE account SET dual_control = 1");
        await house.Node.People.AddAsync(house.Person, "second@example.org", "a long password indeed", default);
        var second = await house.Node.Installation.PersonAtTerminalAsync("second@example.org", default);
        var (keyOfAuthor, _) = await house.KeyAsync("oversight");
        var receipt = await house.SendAsync(who: house.Person);
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId, keyOfAuthor)));
        Assert.Equal("pending", (await house.ApproveAsync(receipt.MessageId, second)).Status);
    }

    [Fact]
    public async Task Two_keys_of_one_person_are_one_approval_of_two()
    {
        await using var house = await House.BuildAsync();
        house.Tamper("UPDATE account SET dual_control = 1");
        var (first, _) = await house.KeyAsync("oversight");
        var (second, _) = await house.KeyAsync("operator");
        var receipt = await house.SendAsync();
        await house.ApproveAsync(receipt.MessageId, first);
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId, second)));
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(receipt.MessageId));
    }

    [Fact]
    public async Task A_test_reviewer_decides_no_live_mail_and_a_bound_one_none_elsewhere()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        var (tester, _) = await house.KeyAsync("oversight", "test");
        var (bound, _) = await house.KeyAsync("oversight", "live", Installation.PersonAddress);
        foreach (var who in new[] { tester, bound })
        {
            Assert.Equal("not_found", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId, who)));
            Assert.Equal("not_found", await RefusedAsync(() => house.Node.Decisions.RejectAsync(who, new DecisionRequest(receipt.MessageId, null, "No."), default)));
            Assert.Equal("not_found", await RefusedAsync(() => house.Node.Decisions.ApprovalUrlsAsync(who, [new DecisionRequest(receipt.MessageId, null, null)], default)));
            Assert.Equal("not_found", await RefusedAsync(() => house.Node.Pending.ReviewAsync(who, receipt.MessageId, default)));
            Assert.Empty((await house.Node.Pending.ListAsync(who, new PendingRequest(), default)).Pending);
        }
    }

    [Fact]
    public async Task Loosening_the_mode_lets_nothing_go_that_was_held()
    {
        await using var house = await House.BuildAsync();
        var at = house.Clock.GetUtcNow().AddHours(1);
        var now = await house.SendAsync(Letter("now"));
        var later = await house.SendAsync(Letter("later") with { SendAt = at.ToString("O") });
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.DeliverAsync();
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.DeliverAsync();
        Assert.Equal(["pending", "pending"], new[] { await house.StatusAsync(now.MessageId), await house.StatusAsync(later.MessageId) });
    }

    [Fact]
    public async Task Scheduled_mail_of_a_free_mailbox_waits_again_when_the_mode_is_tightened_and_dies_with_its_key()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var (sender, _) = await house.KeyAsync("read,send");
        var at = house.Clock.GetUtcNow().AddHours(1).ToString("O");
        var tightened = await house.SendAsync(Letter("tightened") with { SendAt = at });
        var revoked = await house.SendAsync(Letter("revoked") with { SendAt = at }, sender);
        Assert.Equal("scheduled", revoked.Status);
        await house.Node.Keys.RevokeAsync(house.Person, sender.PublicId, default);
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.DeliverAsync();
        Assert.Equal("failed", await house.StatusAsync(revoked.MessageId));
        Assert.Equal("delivered", await house.StatusAsync(tightened.MessageId));
        var again = await house.SendAsync(Letter("again") with { SendAt = house.Clock.GetUtcNow().AddHours(1).ToString("O") });
        await house.SetModeAsync(Installation.AgentAddress, "gated_send", house.Agent);
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(again.MessageId));
    }

    [Fact]
    public async Task A_clock_set_back_revives_no_expired_mail()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        house.Clock.Advance(TimeSpan.FromHours(73));
        Assert.Equal("request_expired", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
        await house.Node.Clockwork.ExpireAsync(default);
        house.Clock.AdjustTime(house.Clock.GetUtcNow().AddHours(-73));
        Assert.Equal("already_decided", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
        await house.DeliverAsync();
        Assert.Equal("expired", await house.StatusAsync(receipt.MessageId));
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, default)).Ok);
    }
}
