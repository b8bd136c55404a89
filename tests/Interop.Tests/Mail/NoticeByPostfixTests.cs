using System.Text;
using Interop.Driving;

namespace Interop.Mail;

/// <summary>What waits is told through a real relay to a real mailbox.</summary>
public sealed class NoticeByPostfixTests(MailServers mail)
{
    [Fact]
    public async Task A_person_is_told_of_what_waits_without_being_shown_it()
    {
        var servers = await mail.NeededAsync();
        var sender = RunningMailServers.Address("notice-sender");
        await using var served = await Served.StartAsync();
        await served.Installation.TypeAsync(
            "mailbox", "create", sender,
            "--smtp", $"smtp://{Uri.EscapeDataString(sender)}:{RunningMailServers.Password}@{servers.Host}:{servers.SubmissionPort}?starttls=required&ca={servers.CaFile}");
        await served.Installation.TypeAsync("profile", "set", "--notify", RunningMailServers.Address("notice-reader"));
        Assert.StartsWith("sent:", await served.Installation.TypeAsync("profile", "notify-test"), StringComparison.Ordinal);
        Assert.Single(await servers.InboxOfAsync("notice-reader", 1));

        var (status, receipt) = await served.PostAsync("/v1/emails/send", new { from = "agent@multimail.localhost", to = "you@multimail.localhost", subject = "Merger 4711", text = "Nobody else knows." });
        Assert.Equal(202, status);
        var notice = Encoding.ASCII.GetString((await servers.InboxOfAsync("notice-reader", 2)).Single(m => Encoding.ASCII.GetString(m).Contains("/pending/", StringComparison.Ordinal)));
        Assert.Contains($"/pending/{receipt.GetProperty("message_id").GetString()}  until ", notice, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", notice, StringComparison.Ordinal);
        Assert.Contains($"Return-Path: <{sender}>", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody else", notice, StringComparison.Ordinal);
    }
}
