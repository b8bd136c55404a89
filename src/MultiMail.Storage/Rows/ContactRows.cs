using MultiMail.Core.Contacts;

namespace MultiMail.Storage.Rows;

internal static class ContactRows
{
    /// <summary>Reads the columns of <see cref="ContactSql"/>, in that order.</summary>
    public static Contact Contact(Statement s) => new()
    {
        Id = new(s.Long()),
        Account = new(s.Long()),
        Email = s.Text(),
        Name = s.TextOrNull(),
        Tags = TextLists.Read(s.Text()),
        Notes = s.TextOrNull(),
        Source = s.Text(),
        Language = s.TextOrNull(),
        Machine = (s.TextOrNull(), s.TextOrNull(), s.TimeOrNull()) is ({ } evidence, { } machineBy, { } machineAt) ? new(evidence, machineBy, machineAt) : null,
        Consent = (s.TextOrNull(), s.TimeOrNull(), s.TextOrNull(), s.TextOrNull()) is ({ } source, { } at, { } wording, { } consentBy) ? new(source, at, wording, consentBy) : null,
        Relationship = (s.TextOrNull(), s.TextOrNull(), s.TextOrNull(), s.TimeOrNull()) is ({ } basis, { } note, { } by, { } since) ? new(basis, note, by, since) : null,
        CreatedBy = s.Text(),
        CreatedAt = s.Time(),
        UpdatedAt = s.Time(),
        Version = s.Int(),
    };

    public static IReadOnlyDictionary<string, ContactFacts> Facts(IEnumerable<Contact> contacts) => contacts.ToDictionary(
        c => Suppressed.KeyOf(c.Email), c => new ContactFacts(Suppressed.KeyOf(c.Email), c.Id, c.Kind, c.Language, c.Source, c.Consent, c.Relationship), StringComparer.Ordinal);

    /// <summary>Binds what a change writes, in the order of the columns.</summary>
    public static Statement BindFields(this Statement s, Contact c) => s
        .Bind(c.Email).Bind(c.Name).Bind(TextLists.Write(c.Tags)).Bind(c.Notes).Bind(c.Source).Bind(c.Language)
        .Bind(c.Machine?.Evidence).Bind(c.Machine?.By).Bind(c.Machine?.At)
        .Bind(c.Consent?.Source).Bind(c.Consent?.At).Bind(c.Consent?.Wording).Bind(c.Consent?.By)
        .Bind(c.Relationship?.Basis).Bind(c.Relationship?.Note).Bind(c.Relationship?.By).Bind(c.Relationship?.At);
}
