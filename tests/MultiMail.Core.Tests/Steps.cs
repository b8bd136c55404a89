using MultiMail.Core.Accounts;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;

namespace MultiMail.Core.Tests;

/// <summary>The usual steps of a message's life, for tests that walk it.</summary>
internal static class Steps
{
    public static Submission Letter(string subject = "Quarterly numbers", string text = "They are fine.") => new()
    {
        From = Installation.AgentAddress,
        To = [Installation.PersonAddress],
        Subject = subject,
        Text = text,
    };

    public static Task<SubmissionReceipt> SendAsync(this House house, Submission? mail = null, Principal? who = null) =>
        house.Node.Submissions.SendAsync(who ?? house.Agent, mail ?? Letter(), CancellationToken.None);

    public static Task<DecisionReceipt> ApproveAsync(this House house, string messageId, Principal? who = null, string? digest = null) =>
        house.Node.Decisions.ApproveAsync(who ?? house.Person, new DecisionRequest(messageId, digest, null), CancellationToken.None);

    public static async Task<string> StatusAsync(this House house, string messageId)
    {
        var list = await house.Node.Submissions.StatusAsync(house.Person, new StatusRequest { MessageIds = [messageId] }, CancellationToken.None);
        return list.Messages[0].Status;
    }

    public static Task<MessageList> ListAsync(this House house, string mailbox, string folder = "inbox", Principal? who = null) =>
        house.Node.Inbox.ListAsync(who ?? house.Person, new InboxRequest { Mailbox = mailbox, Folder = folder }, CancellationToken.None);

    public static async Task<string> RefusedAsync(Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<MultiMail.Core.Errors.RefusalException>(act);
        Assert.NotEmpty(refusal.Fix);
        return refusal.Code;
    }

    public static async Task SetModeAsync(this House house, string mailbox, string mode, Principal? who = null) =>
        await house.Node.Mailboxes.ChangeAsync(who ?? house.Person, mailbox, new MultiMail.Core.Mailboxes.MailboxChange { OversightMode = mode }, CancellationToken.None);
}
