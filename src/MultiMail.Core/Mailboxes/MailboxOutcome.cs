namespace MultiMail.Core.Mailboxes;

/// <summary>What became of asking for a mailbox: <see cref="MailboxMade"/> or <see cref="MailboxAsked"/>.</summary>
public abstract record MailboxOutcome
{
    private protected MailboxOutcome()
    {
    }
}

public sealed record MailboxMade(MailboxView Mailbox) : MailboxOutcome;

/// <summary>A person decides. The mailbox does not exist until then.</summary>
/// <param name="OversightMode">The mode it would have: not looser than what the asker has.</param>
public sealed record MailboxAsked(RequestReceipt Request, string Address, string OversightMode, string? DisplayName, string? AgentId) : MailboxOutcome;
