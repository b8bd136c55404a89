using System.Text;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Core.Tests.Inbound;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>Mail whose header is made to cost more than it weighs.</summary>
public sealed class HeaderAttacks
{
    [Theory]
    [InlineData("")]
    [InlineData("X: y\r\n\r\r\n")]
    public async Task Millions_of_small_fields_are_quarantined_and_not_taken_apart(string start)
    {
        var zone = new ZoneResolver();
        await using var house = await Arrivals.HouseAsync(key => new CoreOptions { MasterKey = key, Dns = zone });
        var bytes = Encoding.ASCII.GetBytes(start + string.Concat(Enumerable.Repeat("a:\r\n", 2_000_000)) + "\r\nx\r\n");
        await house.AcceptAsync(bytes, Arrivals.Bo);
        Assert.Equal(MessageState.Quarantined, Assert.Single(await house.StoredAsync()).State);
        Assert.Empty(zone.Asked); // every other mail is asked about
    }
}
