using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using Scenarios.Processes;

namespace Scenarios.Smtp;

/// <summary>RFC 5321 §6.1: after 250 the mail is ours, whatever happens next.</summary>
public sealed class SmtpCrashTests
{
    private const int Kills = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_answered_with_250_is_there_after_a_kill_once()
    {
        using var folder = new ScratchFolder();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0", ["MULTIMAIL_SMTP_LISTEN"] = "127.0.0.1:0" };
        List<string> accepted = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var serving = Running.Start(folder.Path, environment, "serve");
            var port = int.Parse((await serving.LineAsync("is taken at")).Split("127.0.0.1:")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            await using var client = await SmtpClient.ConnectAsync(port);

            // The last of the former life again, as a sender does that never saw its 250.
            foreach (var subject in new[] { $"mail {Math.Max(0, kill - 1)}", $"mail {kill}" })
            {
                Assert.StartsWith("250 2.0.0 OK ", await client.SendAsync(Installation.PersonAddress, subject), StringComparison.Ordinal);
            }

            serving.Kill();
            await serving.EndAsync();
            accepted.Add($"mail {kill}");
        }

        await using var host = await folder.OpenAsync(TimeProvider.System, Token);
        var person = await host.Node.Installation.PersonAtTerminalAsync(null, Token);
        var inbox = await host.Node.Inbox.ListAsync(person, new InboxRequest { Mailbox = Installation.PersonAddress, Limit = 100 }, Token);
        Assert.Equal(accepted, inbox.Messages.Select(m => m.Subject).Order(StringComparer.Ordinal));
        Assert.True((await host.Node.Audit.VerifyAsync(person, null, Token)).Ok);
    }
}
