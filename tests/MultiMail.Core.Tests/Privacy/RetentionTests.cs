using System.Text;
using MultiMail.Core.Audit;
using MultiMail.Core.Errors;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Privacy;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Core.Tests.Suppression;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Privacy;

/// <summary>Mailboxes that keep their mail for some days.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_is_kept_to_the_limit_and_no_moment_longer()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        await there.WriteAsync("carl@example.net", "old");
        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await there.WriteAsync("carl@example.net", "newer");
        await SetAsync(house, 30);
        house.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));

        Assert.Equal(0, await house.Node.Retention.RunAsync(Token));
        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await house.Node.Retention.RunAsync(Token));
        Assert.Equal(["newer", Erased.Word], (await house.ListAsync(RelayHouse.Robot)).Messages.Select(m => m.Subject));
        Assert.Equal(0, await house.Node.Retention.RunAsync(Token));
        var leaf = Assert.Single(await house.Store.QueryLogAsync(new AuditQuery(house.Person.Account, null, null, null, LeafNames.PrivacyErased, null, null, 5), Token));
        Assert.Contains("\"reason\":\"retention\",\"result\":\"1\"", Encoding.UTF8.GetString(leaf.Entry), StringComparison.Ordinal);
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, Token)).Ok);
    }

    [Fact]
    public async Task What_waits_is_never_too_old_and_other_mailboxes_keep_theirs()
    {
        await using var there = await Recipients.HouseAsync("gated_send");
        var house = there.House;
        var held = await there.SendAsync("carl@example.net");
        var letter = await house.SendAsync();
        await house.ApproveAsync(letter.MessageId);
        await house.DeliverAsync();
        await SetAsync(house, 1);
        house.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(0, await house.Node.Retention.RunAsync(Token));
        Assert.Equal("pending", await house.StatusAsync(held));
        await house.Node.Clockwork.ExpireAsync(Token);
        house.Clock.Advance(TimeSpan.FromDays(2));
        await house.Node.Clockwork.ExpireAsync(Token);
        Assert.Equal("expired", await house.StatusAsync(held));
        Assert.Equal(1, await house.Node.Retention.RunAsync(Token));
        Assert.Equal("delivered", await house.StatusAsync(letter.MessageId));
    }

    [Fact]
    public async Task Many_messages_go_in_batches_with_a_leaf_each()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        for (var i = 0; i < 201; i++)
        {
            await there.WriteAsync("carl@example.net", $"mail {i}");
        }

        await SetAsync(house, 1);
        house.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(201, await house.Node.Retention.RunAsync(Token));
        Assert.Equal(3, (await house.Store.QueryLogAsync(new AuditQuery(house.Person.Account, null, null, null, LeafNames.PrivacyErased, null, null, 9), Token)).Count);
        Assert.Equal(0, (await house.Node.Mailboxes.GetAsync(house.Person, RelayHouse.Robot, Token)).Unread);
    }

    [Fact]
    public async Task It_looks_once_an_hour()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        await there.WriteAsync("carl@example.net", "old");
        await SetAsync(house, 1);
        Assert.Equal(0, await house.Node.Retention.RunIfDueAsync(Token));
        house.Clock.Advance(TimeSpan.FromDays(1));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await house.Node.Retention.RunIfDueAsync(Token));
        await there.WriteAsync("carl@example.net", "another");
        Assert.Equal(0, await house.Node.Retention.RunIfDueAsync(Token));
    }

    [Fact]
    public async Task A_person_or_a_key_that_cannot_send_decides_it()
    {
        await using var house = await House.BuildAsync();
        var mailbox = Core.Node.Installation.AgentAddress;
        Assert.Equal(30, (await ChangeAsync((await house.KeyAsync("operator")).Principal, 30)).RetentionDays);
        Assert.Equal(60, (await ChangeAsync((await house.KeyAsync("admin")).Principal, 60)).RetentionDays);
        Assert.Null((await ChangeAsync(house.Person, 0)).RetentionDays);
        Assert.Equal(ErrorCodes.OversightScopeRequired, await Steps.RefusedAsync(async () => await ChangeAsync((await house.KeyAsync("admin,send")).Principal, 1)));
        Assert.Equal(ErrorCodes.OversightScopeRequired, await Steps.RefusedAsync(async () => await ChangeAsync((await house.KeyAsync("admin")).Principal with { Channel = "mcp" }, 1)));
        Assert.Equal(ErrorCodes.ScopeMissing, await Steps.RefusedAsync(async () => await ChangeAsync(house.Agent, 1)));
        Assert.Equal(ErrorCodes.LiveKeyRequired, await Steps.RefusedAsync(async () => await ChangeAsync((await house.KeyAsync("admin", "test")).Principal, 1)));
        foreach (var wrong in new[] { -1, Retention.MostDays + 1 })
        {
            Assert.Equal(ErrorCodes.InvalidParameter, await Steps.RefusedAsync(async () => await ChangeAsync(house.Person, wrong)));
        }

        Assert.Null((await house.Node.Mailboxes.GetAsync(house.Person, mailbox, Token)).RetentionDays);

        Task<MailboxView> ChangeAsync(Accounts.Principal who, int days) =>
            house.Node.Mailboxes.ChangeAsync(who, mailbox, new MailboxChange { RetentionDays = days }, Token);
    }

    private static Task<MailboxView> SetAsync(House house, int days) =>
        house.Node.Mailboxes.ChangeAsync(house.Person, RelayHouse.Robot, new MailboxChange { RetentionDays = days }, Token);
}
