using System.Text.RegularExpressions;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Contacts;

/// <summary>A contact's fields that are right. Null = not given.</summary>
internal sealed record CheckedContact(
    string? Email, string? Name, IReadOnlyList<string>? Tags, string? Notes, string? Source, string? Language, ContactKind? Kind, string? Evidence,
    (string Source, DateTimeOffset At, string Wording)? Consent, (string Basis, string Note)? Relationship);

/// <summary>Checks all fields of a contact and reports every fault at once.</summary>
internal static partial class ContactCheck
{
    private const int MaxName = 200;
    private const int MaxTags = 20;
    private const int MaxTag = 64;
    private const int MaxNotes = 2_000;
    private const int MaxSource = 200;
    private const int MaxText = 1_000;
    private static readonly string[] Bases = ["transaction", "safety", "account", "employment", "delivery"];

    public static CheckedContact Check(ContactFields given, bool isNew, DateTimeOffset now)
    {
        var faults = new Faults();
        var (email, displayName) = Email(given.Email, isNew, faults);
        var name = GivenText.Line(faults, "name", given.Name, MaxName);
        var result = new CheckedContact(
            email, name ?? (isNew ? displayName : null), Tags(given.Tags, faults), GivenText.Lines(faults, "notes", given.Notes, MaxNotes), Source(given.Source, isNew, faults),
            Language(given.Language, faults), Kind(given, faults), GivenText.Lines(faults, "machine_evidence", given.MachineEvidence, MaxText),
            ConsentOf(given, now, faults), RelationshipOf(given, faults));
        IdempotencyKeys.Check(given.IdempotencyKey, faults);
        faults.ThrowIfAny();
        return result;
    }

    private static (string? Email, string? Name) Email(string? given, bool isNew, Faults faults)
    {
        if (given is null && !isNew)
        {
            return (null, null);
        }

        if (MailboxAddress.TryParse(given, out var address, out var fault))
        {
            return (address.AddrSpec, address.DisplayName is { Length: <= MaxName } name && GivenText.IsPlain(name, lines: false) ? name : null);
        }

        faults.Add(ErrorCodes.InvalidAddress, "email", $"email is no e-mail address: {fault}", "Write it as name@example.org.");
        return (null, null);
    }

    private static List<string>? Tags(IReadOnlyList<string>? given, Faults faults)
    {
        if (given is { Count: > MaxTags })
        {
            faults.Invalid("tags", $"There are {given.Count} tags; {MaxTags} is the most.", "Give fewer tags.");
            return null;
        }

        var tags = given?.Select((t, i) => GivenText.Line(faults, $"tags[{i}]", t, MaxTag)).ToList();
        if (tags is not null && tags.Contains(null))
        {
            faults.Invalid("tags", "A tag is empty.", "Give each tag at least one character.");
        }

        return tags?.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static string? Source(string? given, bool isNew, Faults faults)
    {
        var source = GivenText.Line(faults, "source", given, MaxSource);
        if (source is null && (isNew || given is not null))
        {
            faults.Invalid("source", "source is missing.", "Say where the address comes from, e.g. `signed up at example.org` or `scraped`.");
        }

        return string.Equals(source, Contact.Scraped, StringComparison.OrdinalIgnoreCase) ? Contact.Scraped : source;
    }

    private static string? Language(string? given, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }

        var tag = given.Trim();
        if (tag.Length <= 35 && Tag().IsMatch(tag))
        {
            var dash = tag.IndexOf('-', StringComparison.Ordinal);
            return dash < 0 ? tag.ToLowerInvariant() : tag[..dash].ToLowerInvariant() + tag[dash..];
        }

        faults.Invalid("language", "language is no language tag.", "Write it as en, de, fr, es, it, nl, pl, pt or another tag such as pt-BR.");
        return null;
    }

    private static ContactKind? Kind(ContactFields given, Faults faults)
    {
        var name = faults.OneOf("recipient_kind", given.RecipientKind, "none", "person", "machine");
        if (name == "machine" && string.IsNullOrWhiteSpace(given.MachineEvidence))
        {
            faults.Invalid("machine_evidence", "A machine's address needs evidence that no person reads it.", "Say in machine_evidence how that is known.");
        }
        else if (name != "machine" && !string.IsNullOrWhiteSpace(given.MachineEvidence))
        {
            faults.Invalid("machine_evidence", "machine_evidence goes with recipient_kind machine.", "Leave it out, or set recipient_kind to machine.");
        }

        return name switch
        {
            "machine" => ContactKind.Machine,
            "person" => ContactKind.Person,
            _ => null,
        };
    }

    private static (string Source, DateTimeOffset At, string Wording)? ConsentOf(ContactFields given, DateTimeOffset now, Faults faults)
    {
        if (given.Consent is not { } consent)
        {
            return null;
        }

        var source = Needed(GivenText.Line(faults, "consent.source", consent.Source, MaxSource), consent.Source, "consent.source", "where consent was given", faults);
        var wording = Needed(GivenText.Lines(faults, "consent.wording", consent.Wording, MaxText), consent.Wording, "consent.wording", "what was agreed to", faults);
        var at = faults.Time("consent.time", consent.Time);
        if (consent.Time is null || at > now)
        {
            faults.Invalid("consent.time", "consent.time is missing or lies ahead.", "Say when consent was given, like 2026-03-01T09:00:00Z.");
        }

        if (given.RemoveConsent)
        {
            faults.Invalid("remove_consent", "Consent is set and removed at once.", "Do one of the two.");
        }

        return (source, at ?? default, wording);
    }

    private static (string Basis, string Note)? RelationshipOf(ContactFields given, Faults faults)
    {
        if (given.Relationship is not { } relationship)
        {
            return null;
        }

        if (relationship.Basis is null)
        {
            faults.Invalid("relationship.basis", "relationship.basis is missing.", $"Set it to one of {string.Join(", ", Bases)}.");
        }

        if (given.RemoveRelationship)
        {
            faults.Invalid("remove_relationship", "A relationship is set and removed at once.", "Do one of the two.");
        }

        var basis = faults.OneOf("relationship.basis", relationship.Basis, string.Empty, Bases);
        var note = Needed(GivenText.Lines(faults, "relationship.note", relationship.Note, MaxText), relationship.Note, "relationship.note", "what there is between you, e.g. an order's number", faults);
        return (basis, note);
    }

    private static string Needed(string? text, string? given, string field, string what, Faults faults)
    {
        if (text is null && string.IsNullOrWhiteSpace(given))
        {
            faults.Invalid(field, $"{field} is missing.", $"Say {what}.");
        }

        return text ?? string.Empty;
    }

    // RFC 5646 §2.1, its form only: a language and subtags of letters and digits.
    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Tag();
}
