namespace MultiMail.Core.Storage;

public interface IIdentityReads
{
    /// <summary>Every signing key that the account ever had, oldest first.</summary>
    ValueTask<IReadOnlyList<SigningKey>> SigningKeysAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>The mailboxes that an agent signs from, deactivated ones too, oldest first.</summary>
    ValueTask<IReadOnlyList<Mailbox>> MailboxesOfAgentAsync(AccountId account, string agentId, CancellationToken cancellationToken);
}

public interface IIdentityWrites
{
    /// <summary>As the read of that name, as this transaction sees it.</summary>
    ValueTask<IReadOnlyList<SigningKey>> FindSigningKeysAsync(AccountId account);

    /// <exception cref="StoreConflictException"><c>signing_key.name</c>: this use and domain have a key of that name.</exception>
    ValueTask InsertSigningKeyAsync(SigningKey key);

    /// <summary>Writes the times, the reason and the sealed bytes.</summary>
    ValueTask UpdateSigningKeyAsync(SigningKey key);
}
