using MultiMail.Mail;
using System.Collections.Frozen;
using System.Text;

namespace MultiMail.Core.Compliance.Rules;

/// <summary>By which words a reader recognises an unsubscribe link and an advertisement, in the languages of the disclosure.</summary>
internal static class RuleWords
{
    private static readonly FrozenDictionary<string, string[]> Unsubscribing = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["en"] = ["unsubscribe", "opt out", "opt-out"],
        ["de"] = ["abmelden", "abmeldung", "abbestellen", "austragen"],
        ["fr"] = ["désabonner", "désabonnement", "désinscrire", "désinscription"],
        ["es"] = ["darse de baja", "darte de baja", "dar de baja", "cancelar la suscripción", "cancelar su suscripción", "cancelar suscripción", "anular la suscripción"],
        ["it"] = ["annulla l'iscrizione", "annullare l'iscrizione", "annulla iscrizione", "cancellare l'iscrizione", "disiscri"],
        ["nl"] = ["uitschrijven", "afmelden", "schrijf u uit", "schrijf je uit"],
        ["pl"] = ["wypisz", "wypisać", "rezygn", "anuluj subskrypcję", "anulować subskrypcję"],
        ["pt"] = ["cancelar a subscrição", "cancelar a inscrição", "cancelar a assinatura", "cancelar subscrição", "cancelar inscrição", "anular a subscrição", "descadastrar"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> Advertising = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["en"] = ["advertisement", "advertising"],
        ["de"] = ["werbung", "anzeige", "werbliche"],
        ["fr"] = ["publicité", "publicitaire", "communication commerciale"],
        ["es"] = ["publicidad", "publicitario", "comunicación comercial"],
        ["it"] = ["pubblicità", "pubblicitario", "comunicazione commerciale"],
        ["nl"] = ["reclame", "advertentie"],
        ["pl"] = ["reklama", "reklamowa", "informacja handlowa"],
        ["pt"] = ["publicidade", "publicitária", "comunicação comercial"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="language">BCP 47; of an unknown one every language's words count.</param>
    public static bool SaysUnsubscribe(string text, string? language) => Holds(text, Of(Unsubscribing, language));

    /// <inheritdoc cref="SaysUnsubscribe"/>
    public static bool SaysAdvertisement(string text, string? language) => Holds(text, Of(Advertising, language));

    /// <summary>One form for comparing: composed characters, plain apostrophes, each run of white space one blank.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in UntrustedText.Normalise(text).Text)
        {
            if (char.IsWhiteSpace(c))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }
            }
            else
            {
                folded.Append(c is '\u2019' or '\u02BC' ? '\'' : c);
            }
        }

        return folded.ToString().TrimEnd(' ');
    }

    private static bool Holds(string text, IEnumerable<string> words)
    {
        var folded = Fold(text);
        return words.Any(word => folded.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Of(FrozenDictionary<string, string[]> table, string? language)
    {
        var primary = language?.Split('-', '_', ',')[0].Trim().ToLowerInvariant() ?? string.Empty;
        return table.TryGetValue(primary, out var words) ? words : table.Values.SelectMany(all => all);
    }
}
