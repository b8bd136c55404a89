using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>Attempts to block, bury or confuse what waits for a person.</summary>
public sealed class QueueAttacks
{
    [Fact]
    public async Task A_test_key_does_not_fill_the_live_queue()
    {
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, PendingPerMailbox = 2 });
        var (tester, _) = await house.KeyAsync("read,send", "test");
        await house.SendAsync(Letter("1"), tester);
        await house.SendAsync(Letter("2"), tester);
        Assert.Equal("pending_limit", await RefusedAsync(() => house.SendAsync(Letter("3"), tester)));
        Assert.Equal("pending", (await house.SendAsync(Letter("4"))).Status);
    }

    [Fact]
    public async Task A_strangers_held_mail_does_not_stop_the_agent_from_sending()
    {
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, PendingPerMailbox = 2 });
        await house.SetModeAsync(Installation.AgentAddress, "gated_all");
        for (var i = 0; i < 3; i++)
        {
            await house.WritesAsync(Installation.AgentAddress, Stranger.Mail($"Flood {i}"));
        }

        Assert.Equal("pending", (await house.SendAsync()).Status);
    }

    [Fact]
    public async Task One_agents_flood_does_not_silence_another()
    {
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, PendingPerMailbox = 2 });
        var (other, _) = await house.KeyAsync("read,send");
        await house.SendAsync(Letter("1"), other);
        await house.SendAsync(Letter("2"), other);
        Assert.Equal("pending_limit", await RefusedAsync(() => house.SendAsync(Letter("3"), other)));
        Assert.Equal("pending", (await house.SendAsync(Letter("4"))).Status);
    }

    [Fact]
    public async Task What_was_cancelled_can_be_sent_again_at_once()
    {
        await using var house = await House.BuildAsync();
        var first = await house.SendAsync();
        await house.Node.Submissions.CancelAsync(house.Agent, first.MessageId, default);
        var second = await house.SendAsync();
        Assert.Null(second.Deduplicated);
        Assert.NotEqual(first.MessageId, second.MessageId);
        Assert.Equal("pending", await house.StatusAsync(second.MessageId));
        Assert.Equal(second.MessageId, (await house.SendAsync()).MessageId);
    }

    [Fact]
    public async Task The_content_window_of_one_key_answers_no_other_key()
    {
        await using var house = await House.BuildAsync();
        var (other, _) = await house.KeyAsync("read,send");
        var mail = Letter() with { IdempotencyKey = "order-17" };
        var first = await house.SendAsync(mail);
        var second = await house.SendAsync(mail, other);
        Assert.NotEqual(first.MessageId, second.MessageId);
        Assert.NotEqual((await house.SendAsync(Letter())).MessageId, (await house.SendAsync(Letter(), other)).MessageId);
    }

    [Fact]
    public async Task A_hold_that_was_opened_anew_does_not_expire_with_the_old_one()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        house.Clock.Advance(TimeSpan.FromHours(72) + TimeSpan.FromSeconds(1));
        var late = (await house.Store.ExpiredApprovalsAsync(house.Clock.GetUtcNow(), 10, default))[0];

        // What another process saw as expired was decided and reopened before its unit ran.
        house.Tamper($"UPDATE approval SET status = 'approved' WHERE id = {late.Id.Value}");
        await house.Store.WriteAsync(
            async unit =>
            {
                await unit.OpenApprovalAsync(late with { Id = new Ids.ApprovalId(late.Id.Value + 1), CreatedAt = unit.Now, ExpiresAt = unit.Now.AddHours(72) });
                return true;
            },
            default);
        Assert.Equal(0, await house.Node.Clockwork.ExpireAsync(late, default));
        Assert.Equal("pending", await house.StatusAsync(receipt.MessageId));
    }

    [Fact]
    public async Task A_message_takes_a_bounded_number_of_tags()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        var code = string.Empty;
        for (var i = 0; i < 20 && code.Length == 0; i++)
        {
            var tags = Enumerable.Range(0, 20).ToDictionary(n => $"t{i}.{n}", _ => "x", StringComparer.Ordinal);
            try
            {
                await house.Node.Inbox.TagAsync(house.Agent, new TagRequest { MessageIds = [receipt.MessageId], Tags = tags }, default);
            }
            catch (MultiMail.Core.Errors.RefusalException refusal)
            {
                code = refusal.Code;
            }
        }

        Assert.Equal("invalid_parameter", code);
        await house.Node.Inbox.TagAsync(house.Agent, new TagRequest { MessageIds = [receipt.MessageId], Remove = ["t0.0"] }, default);
    }
}
