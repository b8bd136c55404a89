using MultiMail.Core.Contacts;

namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<Contact?> FindContactAsync(AccountId account, ContactId id) =>
        ValueTask.FromResult(Use(ContactSql.Get).Bind(account.Value).Bind(id.Value).First(ContactRows.Contact));

    public ValueTask<IReadOnlyDictionary<string, ContactFacts>> FindContactsOfAsync(AccountId account, IReadOnlyList<string> addresses) => ValueTask.FromResult(
        ContactRows.Facts(Use(ContactSql.OfAddresses).Bind(account.Value).Bind(TextLists.Write([.. addresses.Select(Suppressed.KeyOf)])).All(ContactRows.Contact)));

    public ValueTask InsertContactAsync(Contact contact)
    {
        Use(ContactSql.Insert).Bind(contact.Id.Value).Bind(contact.Account.Value).BindFields(contact)
            .Bind(contact.CreatedBy).Bind(contact.CreatedAt).Bind(contact.UpdatedAt).Bind(contact.Version).Bind(Suppressed.KeyOf(contact.Email)).Run();
        return AddWords(contact);
    }

    public ValueTask UpdateContactAsync(Contact contact)
    {
        RequireOne(
            Use(ContactSql.Update).BindFields(contact).Bind(contact.UpdatedAt).Bind(contact.Version).Bind(Suppressed.KeyOf(contact.Email))
                .Bind(contact.Account.Value).Bind(contact.Id.Value).Run(),
            "contact");
        Use(ContactSql.RemoveWords).Bind(contact.Account.Value).Bind(contact.Id.Value).Run();
        return AddWords(contact);
    }

    public ValueTask<bool> DeleteContactAsync(AccountId account, ContactId id)
    {
        Use(ContactSql.RemoveWords).Bind(account.Value).Bind(id.Value).Run();
        return IfOne(Use(ContactSql.Delete).Bind(account.Value).Bind(id.Value).Run());
    }

    private ValueTask AddWords(Contact contact) =>
        Done(Use(ContactSql.AddWords).Bind(contact.Account.Value).Bind(contact.Id.Value).Bind(TextLists.Write(ContactWords.Of(contact))).Run());
}
