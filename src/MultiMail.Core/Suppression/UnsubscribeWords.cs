namespace MultiMail.Core.Suppression;

/// <summary>What people write who want no more mail, in the languages of the disclosure. Whole subjects, nothing that only begins so.</summary>
internal static class UnsubscribeWords
{
    public const string English = "unsubscribe";

    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        English,
        "abmelden", "abbestellen",
        "désabonner", "se désabonner", "désinscrire", "se désinscrire",
        "cancelar suscripción", "darse de baja",
        "annulla iscrizione", "disiscrivimi",
        "uitschrijven", "afmelden",
        "wypisz", "wypisz mnie",
        "cancelar inscrição", "cancelar subscrição",
    };

    private static readonly string[] Prefixes = ["re:", "aw:", "sv:", "antw:", "odp:", "res:"];

    /// <summary>Whether the text says this and nothing else.</summary>
    public static bool Is(string text) => All.Contains(text.Trim().TrimEnd('.', '!'));

    /// <summary>The token behind the word of a mailto link's subject.</summary>
    /// <returns>Null when the subject is another.</returns>
    public static string? TokenIn(string subject)
    {
        var words = subject.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words is [var word, var token] && word.Equals(English, StringComparison.OrdinalIgnoreCase) ? token : null;
    }

    /// <summary>Without the marks of an answer.</summary>
    public static string Bare(string subject)
    {
        var rest = subject.Trim();
        while (Array.Find(Prefixes, p => rest.StartsWith(p, StringComparison.OrdinalIgnoreCase)) is { } prefix)
        {
            rest = rest[prefix.Length..].TrimStart();
        }

        return rest;
    }
}
