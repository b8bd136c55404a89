using MultiMail.Core.Profile;

namespace MultiMail.Core.Compliance.Disclosure;

/// <summary>What is said of who wrote a message, in one language. All but the English need the eye of a native speaker.</summary>
/// <param name="Sent">An agent wrote and sent it.</param>
/// <param name="Drafted">A person edited or wrote it with an agent, and sent it.</param>
/// <param name="Reviewed">Follows <paramref name="Sent"/> where the message could leave only after a person had seen it.</param>
internal sealed record DisclosureText(string Language, DisclosureForm Sent, DisclosureForm Drafted, string Reviewed);

internal static class DisclosureTexts
{
    public static IReadOnlyList<DisclosureText> All { get; } =
    [
        Text(
            "en",
            "This message was written and sent by an AI agent ({agent}) on behalf of {operator}.",
            "This message was drafted with AI ({agent}), reviewed and sent by {operator}.",
            "A person reviewed it before sending."),
        Text(
            "de",
            "Diese Nachricht wurde von einem KI-Agenten ({agent}) im Auftrag von {operator} verfasst und gesendet.",
            "Diese Nachricht wurde mit KI ({agent}) entworfen und von {operator} geprüft und gesendet.",
            "Ein Mensch hat sie vor dem Senden geprüft."),
        Text(
            "fr",
            "Ce message a été rédigé et envoyé par un agent d’IA ({agent}) pour le compte de {operator}.",
            "Ce message a été rédigé avec l’aide d’une IA ({agent}), relu et envoyé par {operator}.",
            "Une personne l’a relu avant l’envoi."),
        Text(
            "es",
            "Este mensaje ha sido redactado y enviado por un agente de IA ({agent}) en nombre de {operator}.",
            "Este mensaje ha sido redactado con ayuda de IA ({agent}), revisado y enviado por {operator}.",
            "Una persona lo ha revisado antes del envío."),
        Text(
            "it",
            "Questo messaggio è stato scritto e inviato da un agente di IA ({agent}) per conto di {operator}.",
            "Questo messaggio è stato scritto con l’aiuto dell’IA ({agent}), riletto e inviato da {operator}.",
            "Una persona lo ha riletto prima dell’invio."),
        Text(
            "nl",
            "Dit bericht is geschreven en verzonden door een AI-agent ({agent}) namens {operator}.",
            "Dit bericht is met hulp van AI ({agent}) geschreven, en nagekeken en verzonden door {operator}.",
            "Een mens heeft het voor verzending nagekeken."),
        Text(
            "pl",
            "Ta wiadomość została napisana i wysłana przez agenta AI ({agent}) w imieniu {operator}.",
            "Ta wiadomość została przygotowana z pomocą AI ({agent}), sprawdzona i wysłana przez {operator}.",
            "Przed wysłaniem sprawdził ją człowiek."),
        Text(
            "pt",
            "Esta mensagem foi escrita e enviada por um agente de IA ({agent}) em nome de {operator}.",
            "Esta mensagem foi escrita com a ajuda de IA ({agent}), revista e enviada por {operator}.",
            "Uma pessoa reviu-a antes do envio."),
    ];

    private static readonly (string Language, DisclosureForm Form)[] Forms = [.. All.SelectMany(text => ((string, DisclosureForm)[])[(text.Language, text.Sent), (text.Language, text.Drafted)])];

    private static readonly string[] Reviews = [.. All.Select(text => text.Reviewed)];

    /// <param name="language">One of <see cref="ProfileLanguages.All"/>.</param>
    public static DisclosureText Of(string language) => All.First(text => text.Language == language);

    /// <summary>How often any of the sentences stands in a text whose blanks are single.</summary>
    public static int Count(string folded) => Forms.Sum(form => Occurrences(form.Form, folded));

    /// <summary>The sentence that the text begins with; null when it begins with something else.</summary>
    public static FoundForm? AtTop(string folded, int from = 0)
    {
        foreach (var (language, form) in Forms)
        {
            if (form.ReadAt(folded, from) is { } found)
            {
                return found with { Language = language };
            }
        }

        return null;
    }

    /// <summary>The text behind the sentences that it begins with, for a list that has room for a few words only.</summary>
    public static string WithoutTop(string folded)
    {
        var at = 0;
        while (AtTop(folded, at) is { } found)
        {
            at = After(folded, found);
        }

        return at < folded.Length ? folded[at..] : folded;
    }

    /// <summary>How many sentences may begin a text: one, and behind one in another language the English.</summary>
    public static int Allowed(string folded, FoundForm first) =>
        first.Language != ProfileLanguages.English && AtTop(folded, After(folded, first)) is { Language: ProfileLanguages.English } ? 2 : 1;

    /// <summary>The position behind the sentence, and behind the one about a review where it follows.</summary>
    private static int After(string folded, FoundForm found)
    {
        var at = Skip(folded, found.End);
        return Array.Find(Reviews, review => string.CompareOrdinal(folded, at, review, 0, review.Length) == 0) is { } review ? Skip(folded, at + review.Length) : at;
    }

    private static int Skip(string text, int at) => at < text.Length && text[at] == ' ' ? at + 1 : at;

    private static int Occurrences(DisclosureForm form, string text)
    {
        var count = 0;
        for (var found = form.Find(text, 0); found is not null; found = form.Find(text, found.End))
        {
            count++;
        }

        return count;
    }

    private static DisclosureText Text(string language, string sent, string drafted, string reviewed) =>
        new(language, new DisclosureForm(sent), new DisclosureForm(drafted), reviewed);
}
