using MultiMail.Core.Contacts;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<Contact?> ContactAsync(AccountId account, ContactId id, CancellationToken cancellationToken) =>
        OneAsync(ContactSql.Get, account, id.Value, ContactRows.Contact, cancellationToken);

    public ValueTask<IReadOnlyList<Contact>> ContactsAsync(
        AccountId account, IReadOnlyList<string> beginnings, ContactId? before, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, IReadOnlyList<string> Beginnings, long Before, int Limit), IReadOnlyList<Contact>>(
            (account, beginnings, before?.Value ?? long.MaxValue, limit),
            static (db, a) => a.Beginnings.Count == 0
                ? db.Prepare(ContactSql.Page).Bind(a.Account.Value).Bind(a.Before).Bind(a.Limit).All(ContactRows.Contact)
                : db.Prepare(ContactSql.Found).Bind(a.Account.Value).Bind(a.Before).Bind(a.Beginnings[0]).Bind(TextLists.Write([.. a.Beginnings.Skip(1)]))
                    .Bind(a.Limit).All(ContactRows.Contact),
            cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, ContactFacts>> ContactsOfAsync(
        AccountId account, IReadOnlyList<string> addresses, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, keys: TextLists.Write([.. addresses.Select(Suppressed.KeyOf)])),
            static (db, a) => ContactRows.Facts(db.Prepare(ContactSql.OfAddresses).Bind(a.account.Value).Bind(a.keys).All(ContactRows.Contact)),
            cancellationToken);
}
