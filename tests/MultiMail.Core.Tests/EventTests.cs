using MultiMail.Core.Events;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using System.Text;

namespace MultiMail.Core.Tests;

/// <summary>What the outside is told about a decision: the reason of a rejection, and nobody else's words.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task Only_a_rejection_tells_its_reason()
    {
        await using var house = await House.BuildAsync();
        var (rejected, approved, cancelled) = (await SendAsync(house, "one"), await SendAsync(house, "two"), await SendAsync(house, "three"));
        await house.Node.Decisions.RejectAsync(house.Person, new DecisionRequest(rejected, null, "Wrong person."), default);
        await house.Node.Decisions.ApproveAsync(house.Person, new DecisionRequest(approved, null, "A fine letter."), default);
        await house.Node.Submissions.CancelAsync(house.Agent, cancelled, default);
        Assert.Contains("\"rejection_reason\":\"Wrong person.\"", await BodyAsync(house, EventTypes.Rejected), StringComparison.Ordinal);
        Assert.DoesNotContain("fine letter", await BodyAsync(house, EventTypes.Approved), StringComparison.Ordinal);
        Assert.DoesNotContain("reason", await BodyAsync(house, EventTypes.Cancelled), StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(House house, string subject) => (await house.SendAsync(Steps.Letter(subject))).MessageId;

    private static async Task<string> BodyAsync(House house, string type) =>
        Encoding.UTF8.GetString(Assert.Single(await house.Store.EventsAsync(house.Person.Account, type, 10, default)).Body);
}
