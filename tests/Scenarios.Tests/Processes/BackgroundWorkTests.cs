using Microsoft.Extensions.Logging.Abstractions;
using MultiMail.Core.Messages;

namespace Scenarios.Processes;

/// <summary>What a node does by itself, on the machine's clock.</summary>
public sealed class BackgroundWorkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approved_mail_is_delivered_found_and_covered_by_a_checkpoint_without_being_asked()
    {
        using var folder = new ScratchFolder();
        await using var working = await folder.OpenAsync(TimeProvider.System, Token);
        working.StartWork(NullLoggerFactory.Instance);

        // Another node submits and decides: the working one must notice through the store.
        await using var other = await folder.OpenAsync(TimeProvider.System, Token);
        var agent = await other.Node.Installation.LocalAgentAsync("mcp", Token);
        var person = await other.Node.Installation.PersonAtTerminalAsync(null, Token);
        var receipt = await other.Node.Submissions.SendAsync(agent, new Submission { To = ["you@multimail.localhost"], Subject = "Zeppelin", Text = "An airship." }, Token);
        await other.Node.Decisions.ApproveAsync(person, new(receipt.MessageId, null, null), Token);

        var status = await other.Node.Submissions.StatusAsync(person, new StatusRequest { MessageIds = [receipt.MessageId], Until = "delivered", WaitSeconds = 10 }, Token);
        Assert.Equal("delivered", status.Messages.Single().Status);
        await EventuallyAsync(TimeSpan.FromSeconds(5), async () =>
            (await other.Node.Inbox.SearchAsync(person, new SearchRequest { Query = "zeppelin", Mailboxes = ["you@multimail.localhost"] }, Token)).Messages.Count == 1);
        await EventuallyAsync(TimeSpan.FromSeconds(15), async () =>
            (await other.Node.Store.LatestCheckpointAsync(person.Account, Token))?.Size == (await other.Node.Store.LogHeadAsync(person.Account, Token))?.Size);
    }

    private static async Task EventuallyAsync(TimeSpan within, Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(within);
        using var everySoOften = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            await everySoOften.WaitForNextTickAsync(limit.Token);
        }
    }
}
