using System.Net;
using System.Text;
using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Driving;

/// <summary>Mail that is on its way or has come, by the product's own doing.</summary>
internal static class Post
{
    public const string Agent = "agent@multimail.localhost";
    public const string You = "you@multimail.localhost";

    public static Submission Mail(string subject = "Offer", string text = "Dear Anna") =>
        new() { From = Agent, To = [You], Subject = subject, Text = text };

    /// <summary>Sent by the agent, waiting for a person.</summary>
    public static async Task<(string Id, string Digest)> HoldAsync(House house, Submission? mail = null)
    {
        var receipt = await house.Node.Submissions.SendAsync(house.Agent, mail ?? Mail(), TestContext.Current.CancellationToken);
        Assert.Equal("pending", receipt.Status);
        var status = await house.Node.Submissions.StatusAsync(house.Person, new StatusRequest { MessageIds = [receipt.MessageId] }, TestContext.Current.CancellationToken);
        return (receipt.MessageId, status.Messages[0].Digest);
    }

    /// <summary>From outside, through the listener's door, to <see cref="You"/>.</summary>
    public static async Task<string> ComeAsync(House house, string mail)
    {
        var envelope = new InboundEnvelope(IPAddress.Loopback, "stranger.example", "eve@stranger.example", [You], Tls: true);
        var raw = Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));
        Assert.Equal(AcceptOutcome.Accepted, (await house.Node.SmtpDoor.AcceptAsync(envelope, raw, TestContext.Current.CancellationToken)).Outcome);
        var inbox = await house.Node.Inbox.ListAsync(house.Person, new InboxRequest { Mailbox = You }, TestContext.Current.CancellationToken);
        return inbox.Messages[0].MessageId;
    }

    /// <summary>Sent by the agent, approved, delivered: what lies in the other mailbox now.</summary>
    public static async Task<string> ReceiveAsync(House house, Submission? mail = null)
    {
        var (id, digest) = await HoldAsync(house, mail);
        await house.Node.Decisions.ApproveAsync(house.Person, new DecisionRequest(id, digest, null), TestContext.Current.CancellationToken);
        await house.DeliverAsync();
        var inbox = await house.Node.Inbox.ListAsync(house.Person, new InboxRequest { Mailbox = You }, TestContext.Current.CancellationToken);
        return inbox.Messages[0].MessageId;
    }
}
