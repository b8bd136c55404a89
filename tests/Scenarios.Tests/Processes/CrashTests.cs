using MultiMail.Core.Messages;
using MultiMail.Mcp.Hosting;

namespace Scenarios.Processes;

/// <summary>A serving process dies without warning between approval and delivery: nothing is lost, nothing comes twice.</summary>
public sealed class CrashTests
{
    private const int Kills = 12;
    private const int PerKill = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_approved_is_delivered_exactly_once_however_often_the_node_is_killed()
    {
        using var folder = new ScratchFolder();
        var random = new Random(4711);
        List<string> approved = [];
        var nowhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0" };
        await using (var host = await folder.OpenAsync(TimeProvider.System, Token))
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await using var serving = Running.Start(folder.Path, nowhere, "serve");
                await serving.LineAsync("serves");
                approved.AddRange(await ApproveAsync(host, approved.Count));

                // Anywhere from before the node has noticed to after it is done.
                await Task.Delay(random.Next(0, 60), Token);
                serving.Kill();
                await serving.EndAsync();
            }
        }

        // Leases of the dead last two minutes: a clock that is past them works off what they held.
        await using var survivor = await folder.OpenAsync(new LaterClock(TimeSpan.FromMinutes(5)), Token);
        while (await survivor.Node.Delivery.RunOnceAsync(Token) > 0)
        {
            // until nothing is due
        }

        await AssertOnceEachAsync(survivor, approved);
    }

    private static async Task<IReadOnlyList<string>> ApproveAsync(NodeHost host, int from)
    {
        var agent = await host.Node.Installation.LocalAgentAsync("mcp", Token);
        var person = await host.Node.Installation.PersonAtTerminalAsync(null, Token);
        List<string> ids = [];
        for (var i = from; i < from + PerKill; i++)
        {
            var receipt = await host.Node.Submissions.SendAsync(agent, new Submission { To = ["you@multimail.localhost"], Subject = $"Message {i}", Text = $"Body {i}" }, Token);
            ids.Add(receipt.MessageId);
        }

        foreach (var id in ids)
        {
            await host.Node.Decisions.ApproveAsync(person, new(id, null, null), Token);
        }

        return ids;
    }

    private static async Task AssertOnceEachAsync(NodeHost host, List<string> approved)
    {
        var person = await host.Node.Installation.PersonAtTerminalAsync(null, Token);
        foreach (var batch in approved.Chunk(20))
        {
            var list = await host.Node.Submissions.StatusAsync(person, new StatusRequest { MessageIds = batch }, Token);
            Assert.All(list.Messages, m => Assert.Equal("delivered", m.Status));
        }

        var inbox = await host.Node.Inbox.ListAsync(person, new InboxRequest { Mailbox = "you@multimail.localhost", Limit = 100 }, Token);
        Assert.Equal(
            Enumerable.Range(0, approved.Count).Select(i => $"Message {i}").Order(StringComparer.Ordinal),
            inbox.Messages.Select(m => m.Subject).Order(StringComparer.Ordinal));
        var log = await host.Node.Audit.VerifyAsync(person, null, Token);
        Assert.True(log.Ok, string.Join('\n', log.Faults));
    }
}
