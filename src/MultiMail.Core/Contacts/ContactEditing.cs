namespace MultiMail.Core.Contacts;

/// <summary>What a contact becomes.</summary>
internal static class ContactEditing
{
    public static Contact Apply(Contact current, CheckedContact wanted, ContactFields given, Principal principal, DateTimeOffset now)
    {
        var email = wanted.Email ?? current.Email;

        // What was recorded of an address says nothing about another one.
        var before = string.Equals(email, current.Email, StringComparison.OrdinalIgnoreCase) ? current : current with { Machine = null, Consent = null, Relationship = null };
        return before with
        {
            Email = email,
            Name = given.Name is null && wanted.Name is null ? before.Name : wanted.Name,
            Tags = wanted.Tags ?? before.Tags,
            Notes = given.Notes is null ? before.Notes : wanted.Notes,
            Source = wanted.Source ?? before.Source,
            Language = given.Language is null ? before.Language : wanted.Language,
            Machine = MachineOf(before.Machine, wanted, principal, now),
            Consent = ConsentOf(before.Consent, wanted, given.RemoveConsent, principal),
            Relationship = RelationshipOf(before.Relationship, wanted, given.RemoveRelationship, principal, now),
        };
    }

    public static bool AreSame(Contact one, Contact other) => one with { Tags = other.Tags } == other && one.Tags.SequenceEqual(other.Tags, StringComparer.Ordinal);

    /// <summary>Codes of the changes that rules look at.</summary>
    public static IEnumerable<string> Reasons(Contact from, Contact to)
    {
        if (from.Machine != to.Machine)
        {
            yield return to.Machine is null ? "contact_person" : "contact_machine";
        }

        if (from.Consent != to.Consent)
        {
            yield return to.Consent is null ? "contact_consent_removed" : "contact_consent";
        }

        if (from.Relationship != to.Relationship)
        {
            yield return to.Relationship is null ? "contact_relationship_removed" : "contact_relationship";
        }
    }

    private static MachineProof? MachineOf(MachineProof? before, CheckedContact wanted, Principal principal, DateTimeOffset now) => wanted.Kind switch
    {
        ContactKind.Machine => before?.Evidence == wanted.Evidence ? before : new MachineProof(wanted.Evidence!, principal.PublicId, now),
        ContactKind.Person => null,
        _ => before,
    };

    private static Consent? ConsentOf(Consent? before, CheckedContact wanted, bool remove, Principal principal)
    {
        if (wanted.Consent is not { } given)
        {
            return remove ? null : before;
        }

        return before is not null && (before.Source, before.At, before.Wording) == given ? before : new Consent(given.Source, given.At, given.Wording, principal.PublicId);
    }

    private static Relationship? RelationshipOf(Relationship? before, CheckedContact wanted, bool remove, Principal principal, DateTimeOffset now)
    {
        if (wanted.Relationship is not { } given)
        {
            return remove ? null : before;
        }

        return before is not null && (before.Basis, before.Note) == given ? before : new Relationship(given.Basis, given.Note, principal.PublicId, now);
    }
}
