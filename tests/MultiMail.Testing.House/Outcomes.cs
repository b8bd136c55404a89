using MultiMail.Core.Mailboxes;

namespace MultiMail.Testing;

/// <summary>Outcomes that a test expects to be acts, not requests.</summary>
public static class Outcomes
{
    public static async Task<MailboxView> MadeAsync(this Task<MailboxOutcome> outcome) => Assert.IsType<MailboxMade>(await outcome).Mailbox;
}
