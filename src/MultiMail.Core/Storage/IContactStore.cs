using MultiMail.Core.Contacts;

namespace MultiMail.Core.Storage;

/// <summary>Reads of contacts.</summary>
public interface IContactReads
{
    ValueTask<Contact?> ContactAsync(AccountId account, ContactId id, CancellationToken cancellationToken);

    /// <summary>Newest first. <paramref name="before"/> is exclusive.</summary>
    /// <param name="beginnings">Each must begin one of the contact's words (<see cref="ContactWords"/>); none = all contacts.</param>
    ValueTask<IReadOnlyList<Contact>> ContactsAsync(AccountId account, IReadOnlyList<string> beginnings, ContactId? before, int limit, CancellationToken cancellationToken);

    /// <summary>What is known of these addresses, by the folded address (<see cref="Suppressed.KeyOf"/>). An address without a contact is not in it.</summary>
    ValueTask<IReadOnlyDictionary<string, ContactFacts>> ContactsOfAsync(AccountId account, IReadOnlyList<string> addresses, CancellationToken cancellationToken);
}

/// <summary>Writes of contacts.</summary>
public interface IContactWrites
{
    ValueTask<Contact?> FindContactAsync(AccountId account, ContactId id);

    /// <summary>The same as <see cref="IContactReads.ContactsOfAsync"/>, as the unit sees it.</summary>
    ValueTask<IReadOnlyDictionary<string, ContactFacts>> FindContactsOfAsync(AccountId account, IReadOnlyList<string> addresses);

    /// <exception cref="StoreConflictException"><c>contact.email</c></exception>
    ValueTask InsertContactAsync(Contact contact);

    /// <summary>Writes everything but id, account and origin, the version as given.</summary>
    /// <exception cref="StoreConflictException"><c>contact.email</c></exception>
    ValueTask UpdateContactAsync(Contact contact);

    /// <returns>False when there is none.</returns>
    ValueTask<bool> DeleteContactAsync(AccountId account, ContactId id);
}
