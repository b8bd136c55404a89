using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Mail.Tests.Smtp;
using MultiMail.Mcp.Hosting;

namespace Scenarios.Processes;

/// <summary>
/// A node dies in the middle of a dialogue with a relay. Whether the relay took the mail nobody knows, so it is unknown, and goes
/// out once more, half an hour later, with the very same bytes: never a third time, and never with others.
/// </summary>
public sealed class RelayCrashTests
{
    private const string Sender = "robot@example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ScriptedRelay.Greeting, 0)]
    [InlineData("EHLO", 0)]
    [InlineData("MAIL", 0)]
    [InlineData("RCPT", 0)]
    [InlineData("DATA", 0)]
    [InlineData(ScriptedRelay.FinalDot, 1)]
    public async Task Killed_at_any_step_it_is_unknown_and_goes_out_once_more_unchanged(string step, int taken)
    {
        using var folder = new ScratchFolder();
        await using var relay = new ScriptedRelay { Script = line => line.StartsWith(step, StringComparison.Ordinal) ? new Act(string.Empty, Stall: true) : null };
        string id;
        await using (var host = await folder.OpenAsync(TimeProvider.System, Token))
        {
            id = await ApprovedAsync(host, relay);
        }

        await using (var serving = Running.Start(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0" }, "serve"))
        {
            await relay.ReachedAsync("stalled");
            serving.Kill();
            await serving.EndAsync();
        }

        relay.Script = _ => null;
        Assert.Equal(taken, relay.Mails.Count);
        Assert.Equal(("sending", "unknown"), await WorkAsync(folder, TimeSpan.FromMinutes(5), id));
        Assert.Equal(taken, relay.Mails.Count);
        Assert.Equal(("delivered", "delivered"), await WorkAsync(folder, TimeSpan.FromMinutes(40), id));
        Assert.Equal(("delivered", "delivered"), await WorkAsync(folder, TimeSpan.FromDays(1), id));
        Assert.Equal(taken + 1, relay.Mails.Count);
        Assert.Single(relay.Mails.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal));
    }

    private static async Task<string> ApprovedAsync(NodeHost host, ScriptedRelay relay)
    {
        var person = await host.Node.Installation.PersonAtTerminalAsync(null, Token);
        var link = new LinkChange { SmtpUrl = $"smtp://127.0.0.1:{relay.Port}", Check = false };
        await host.Node.Mailboxes.CreateAsync(person, new NewMailbox { Address = Sender, Link = link }, Token);
        var key = await host.Node.Keys.CreateAsync(person, new() { Name = "robot", Scopes = ["read", "send"], Mailboxes = [Sender] }, Token);
        var agent = await host.Node.Keys.AuthenticateAsync(key.Key, "rest", Token);
        var receipt = await host.Node.Submissions.SendAsync(agent, new Submission { From = Sender, To = ["ann@example.net"], Subject = "Once", Text = "Only once.", Category = "conversational" }, Token);
        await host.Node.Decisions.ApproveAsync(person, new(receipt.MessageId, null, null), Token);
        return receipt.MessageId;
    }

    /// <summary>A node of that later time works off what is due.</summary>
    /// <returns>What has become of the message and of its recipient.</returns>
    private static async Task<(string Message, string Recipient)> WorkAsync(ScratchFolder folder, TimeSpan ahead, string id)
    {
        await using var host = await folder.OpenAsync(new LaterClock(ahead), Token);
        while (await host.Node.Delivery.RunOnceAsync(Token) > 0)
        {
            // until nothing is due
        }

        var person = await host.Node.Installation.PersonAtTerminalAsync(null, Token);
        Assert.True((await host.Node.Audit.VerifyAsync(person, null, Token)).Ok);
        var status = Assert.Single((await host.Node.Submissions.StatusAsync(person, new StatusRequest { MessageIds = [id] }, Token)).Messages);
        return (status.Status, Assert.Single(status.Recipients).Status);
    }
}
