using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Testing;

namespace MultiMail.Core.Tests;

public sealed class MailboxTests
{
    [Fact]
    public async Task A_change_that_changes_nothing_leaves_no_trace()
    {
        await using var house = await House.BuildAsync();
        var before = await house.Node.Mailboxes.GetAsync(house.Person, Installation.AgentAddress, default);
        var size = (await house.Store.LogHeadAsync(house.Person.Account, default))!.Size;
        var (reader, _) = await house.KeyAsync("read");
        var after = await house.Node.Mailboxes.ChangeAsync(reader, Installation.AgentAddress, new MailboxChange { OversightMode = before.OversightMode }, default);
        Assert.Equal(before, after);
        Assert.Equal(size + 1, (await house.Store.LogHeadAsync(house.Person.Account, default))!.Size); // the reader's key
    }
}
