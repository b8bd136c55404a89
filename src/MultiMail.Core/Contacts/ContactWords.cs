namespace MultiMail.Core.Contacts;

/// <summary>The words under which a contact is found: each is looked for by its beginning.</summary>
public static class ContactWords
{
    private const int MaxWords = 100;
    private const int MaxWord = 100;

    /// <summary>Words of address, name and tags, folded; and each tag whole.</summary>
    public static IReadOnlyList<string> Of(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var address = Fold(contact.Email);
        var texts = (string?[])[address, address[(address.LastIndexOf('@') + 1)..], .. Parts(address), .. Tokens(contact.Name), .. contact.Tags.SelectMany(Tokens)];
        return [.. contact.Tags.Select(Tag).Concat(texts.OfType<string>().Where(w => w.Length > 0).Select(Cut)).Distinct(StringComparer.Ordinal).Take(MaxWords)];
    }

    /// <summary>What a query looks for: every one of these must begin a word of the contact.</summary>
    public static IReadOnlyList<string> Query(string? query, string? tag)
    {
        var words = (query ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => Cut(Fold(w))).OrderByDescending(w => w.Length);
        return [.. (tag is null ? [] : new[] { Tag(tag) }).Concat(words).Distinct(StringComparer.Ordinal)];
    }

    // A tag has no control character, so the line end closes it: as a beginning it is found whole or not at all.
    private static string Tag(string tag) => $"#{Fold(tag.Trim())}\n";

    private static IEnumerable<string> Tokens(string? text) =>
        (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Fold).SelectMany(word => Parts(word).Prepend(word));

    private static IEnumerable<string> Parts(string word)
    {
        var start = 0;
        for (var i = 0; i <= word.Length; i++)
        {
            if (i < word.Length && (char.IsLetterOrDigit(word[i]) || char.IsSurrogate(word[i])))
            {
                continue;
            }

            if (i > start)
            {
                yield return word[start..i];
            }

            start = i + 1;
        }
    }

    private static string Fold(string text) => text.ToLowerInvariant();

    private static string Cut(string word) => word.Length <= MaxWord ? word : word[..(char.IsHighSurrogate(word[MaxWord - 1]) ? MaxWord - 1 : MaxWord)];
}
