using MultiMail.Mail;

namespace MultiMail.Core.Profile;

/// <summary>What a profile may hold. Everything in it is written into mail, so it is one line of plain text each.</summary>
internal static class ProfileFields
{
    public const int MaxName = 100;
    public const int MaxLine = 100;
    public const int MaxLines = 6;

    /// <summary>The profile with the change made to it, but for the notify address.</summary>
    public static SenderProfile Apply(SenderProfile profile, ProfileChange change, Faults faults) => profile with
    {
        Name = change.Name is null ? profile.Name : Line("name", change.Name, MaxName, faults),
        AddressLines = change.AddressLines is null ? profile.AddressLines : Address(change.AddressLines, faults),
        Country = change.Country is null ? profile.Country : Country(change.Country, faults),
        Language = change.Language is null ? profile.Language : Language(change.Language, faults),
    };

    /// <summary>Null when it is no address; a fault then says so.</summary>
    public static string? Notify(string given, Faults faults)
    {
        if (MailboxAddress.TryParse(given, out var address, out var fault))
        {
            return address.AddrSpec;
        }

        faults.Add(ErrorCodes.InvalidAddress, "notify", $"notify is no e-mail address: {fault}");
        return null;
    }

    private static string Line(string field, string given, int max, Faults faults)
    {
        var text = given.Trim();
        if (text.Length == 0 || text.Length > max || text.Any(IsNoText) || text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD))
        {
            faults.Invalid(field, $"{field} is empty, longer than {max} characters or holds what is no text.", $"Write {field} as one line of 1 to {max} characters.");
        }

        return text;
    }

    // Invisible marks turn text around or stand for nothing; a name and an address need none.
    private static bool IsNoText(char c) =>
        char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;

    private static List<string> Address(IReadOnlyList<string> given, Faults faults)
    {
        var lines = given.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        if (lines.Count is 0 or > MaxLines)
        {
            faults.Invalid("address_lines", $"The postal address has {lines.Count} lines.", $"Give 1 to {MaxLines} lines: street or post box, then the place; name and country have fields of their own.");
            return lines;
        }

        return [.. lines.Select(line => Line("address_lines", line, MaxLine, faults))];
    }

    private static string Country(string given, Faults faults)
    {
        var code = given.Trim().ToUpperInvariant();
        if (!Countries.IsCode(code))
        {
            faults.Invalid("country", "country is no code of ISO 3166.", "Write the two letters of your country, such as DE, FR or US, and your own name and address beside it.");
        }

        return code;
    }

    private static string Language(string given, Faults faults)
    {
        var code = given.Trim().ToLowerInvariant();
        if (!ProfileLanguages.All.Contains(code, StringComparer.Ordinal))
        {
            var all = string.Join(", ", ProfileLanguages.All);
            faults.Invalid("language", $"language is not one of {all}.", $"Set language to one of {all}.");
        }

        return code;
    }
}
