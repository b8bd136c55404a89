using MultiMail.Core.Errors;
using MultiMail.Core.Suppression.Reputation;
using MultiMail.Core.Tests.Delivery;

namespace MultiMail.Core.Tests.Suppression;

public sealed class ReputationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each limit and one beside it.</summary>
    [Theory]
    [InlineData(0, 0, 0, "Good")]
    [InlineData(1_000, 0, 1, "Warn")]
    [InlineData(1_000, 0, 2, "Warn")]
    [InlineData(1_000, 0, 3, "Stop")]
    [InlineData(50, 0, 2, "Warn")]
    [InlineData(50, 0, 3, "Stop")]
    [InlineData(1_000, 19, 0, "Good")]
    [InlineData(1_000, 20, 0, "Warn")]
    [InlineData(1_000, 49, 0, "Warn")]
    [InlineData(1_000, 50, 0, "Stop")]
    [InlineData(20, 4, 0, "Warn")]
    [InlineData(20, 5, 0, "Stop")]
    [InlineData(51, 1, 0, "Good")]
    [InlineData(50, 1, 0, "Warn")]
    public void The_level_follows_the_rates(int sent, int bounces, int complaints, string level) =>
        Assert.Equal(level, new MailboxReputation(new SentCounts(sent, bounces, complaints)).Level.ToString());

    [Fact]
    public async Task Mail_to_other_servers_counts_once_and_a_bounce_counts_also_when_the_address_was_known()
    {
        await using var there = await Recipients.HouseAsync();
        there.Relay.Answer = (address, number) => address[0] == 'n' ? ScriptedRelay.Refused(address, "5.1.1") : number == 1 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address);
        await there.SendAsync("ann@example.net");
        await there.PassAsync(TimeSpan.FromHours(1));
        await there.SendAsync("nobody@example.net");
        await there.House.DeliverAsync();
        await there.House.Node.Suppressions.RemoveAsync(there.House.Person, "nobody@example.net", Token);
        await there.SendAsync(RelayHouse.Mail("nobody@example.net") with { Subject = "again" });
        await there.SendAsync(RelayHouse.Mail(Node.Installation.PersonAddress));
        await there.House.DeliverAsync();

        var view = await there.House.Node.Reputation.ShowAsync(there.Sender, RelayHouse.Robot, Token);
        Assert.Equal((3, 2, 0, "warn"), (view.Sent, view.HardBounces, view.Complaints, view.Level));
        Assert.Equal(RelayHouse.Robot, Assert.Single(await there.House.Node.Reputation.ListAsync(there.House.Person, Token)).Address);
        Assert.Equal(ErrorCodes.NotFound, await Steps.RefusedAsync(() => there.House.Node.Reputation.ShowAsync(there.Sender, "nobody@example.org", Token)));
    }
}
