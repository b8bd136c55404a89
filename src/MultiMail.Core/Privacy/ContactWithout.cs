using MultiMail.Core.Contacts;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Privacy;

/// <summary>A contact of somebody else whose words name an address.</summary>
internal static class ContactWithout
{
    public static bool Names(Contact contact, AddressTrace trace) =>
        new[] { contact.Name, contact.Notes, contact.Source, contact.Machine?.Evidence, contact.Consent?.Source, contact.Consent?.Wording, contact.Relationship?.Note }
            .Concat(contact.Tags).Any(trace.IsIn);

    public static async ValueTask<bool> WriteAsync(IWriteUnit unit, Contact read, AddressTrace trace)
    {
        if (await unit.FindContactAsync(read.Account, read.Id).ConfigureAwait(false) is not { } contact)
        {
            return false;
        }

        await unit.UpdateContactAsync(contact with
        {
            Name = Without(contact.Name, trace),
            Notes = Without(contact.Notes, trace),
            Source = trace.Without(contact.Source),
            Tags = [.. contact.Tags.Select(trace.Without).Distinct(StringComparer.OrdinalIgnoreCase)],
            Machine = contact.Machine is { } machine ? machine with { Evidence = trace.Without(machine.Evidence) } : null,
            Consent = contact.Consent is { } consent ? consent with { Source = trace.Without(consent.Source), Wording = trace.Without(consent.Wording) } : null,
            Relationship = contact.Relationship is { } relation ? relation with { Note = trace.Without(relation.Note) } : null,
            UpdatedAt = unit.Now,
            Version = contact.Version + 1,
        }).ConfigureAwait(false);
        return true;
    }

    private static string? Without(string? text, AddressTrace trace) => text is null ? null : trace.Without(text);
}
