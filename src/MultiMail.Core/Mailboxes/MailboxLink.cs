using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>How a mailbox that is hosted elsewhere is reached, as stored: URLs with their passwords, sealed.</summary>
/// <param name="RelaySealed">Null: its mail leaves by the installation's relay, if at all.</param>
/// <param name="SourceSealed">Null: nothing is fetched for it.</param>
/// <param name="FromEnvironment">Made from MULTIMAIL_SMTP_URL and MULTIMAIL_IMAP_URL, and kept equal to them.</param>
public sealed record MailboxLink(MailboxId Mailbox, AccountId Account, byte[]? RelaySealed, byte[]? SourceSealed, bool FromEnvironment, DateTimeOffset UpdatedAt)
{
    /// <summary>Ids only.</summary>
    public override string ToString() => $"link of mailbox {Mailbox.Value}";
}

/// <summary>A link, opened.</summary>
internal sealed record OpenLink(RelayEndpoint? Relay, ImapEndpoint? Source)
{
    public static OpenLink None { get; } = new(null, null);

    /// <summary>Hosts only.</summary>
    public override string ToString() => $"{Relay} {Source}";
}

/// <summary>A mailbox elsewhere whose mail is fetched.</summary>
public sealed record LinkedSource(AccountId Account, MailboxId Mailbox, string Address, ImapEndpoint Endpoint)
{
    /// <summary>Ids and host only.</summary>
    public override string ToString() => $"mailbox {Mailbox.Value} at {Endpoint}";
}
