namespace MultiMail.Core.Mailboxes;

/// <summary>What the store knows of addresses that mail is to go to.</summary>
/// <param name="Mailboxes">The account's mailboxes with one of the addresses, deactivated ones too.</param>
/// <param name="WithOwnRelay">Which of <paramref name="Mailboxes"/> have a relay of their own: another provider carries their mail.</param>
/// <param name="Suppressed">What stands against the addresses, whatever the reason.</param>
/// <param name="Domains">All of the account.</param>
public sealed record AddressFacts(
    IReadOnlyList<Mailbox> Mailboxes, IReadOnlyList<MailboxId> WithOwnRelay, IReadOnlyList<Suppressed> Suppressed, IReadOnlyList<Domain> Domains);
