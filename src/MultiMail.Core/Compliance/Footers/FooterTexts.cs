namespace MultiMail.Core.Compliance.Footers;

/// <summary>The words of a footer in one language. All but the English need the eye of a native speaker.</summary>
/// <param name="Unsubscribe">What the link says.</param>
/// <param name="ReplyWord">What somebody answers with who wants no more mail; the server reads it.</param>
/// <param name="Reply">How to do that; holds the word.</param>
/// <param name="Advertisement">What commercial mail is called.</param>
internal sealed record FooterText(string Language, string Unsubscribe, string ReplyWord, string Reply, string Advertisement);

internal static class FooterTexts
{
    public static IReadOnlyList<FooterText> All { get; } =
    [
        Text("en", "Unsubscribe", "unsubscribe", "To unsubscribe, reply with the word \"{0}\" and nothing else.", "Advertisement"),
        Text("de", "Abbestellen", "abbestellen", "Zum Abbestellen antworten Sie nur mit dem Wort „{0}“.", "Werbung"),
        Text("fr", "Se désabonner", "se désabonner", "Pour vous désabonner, répondez uniquement « {0} ».", "Publicité"),
        Text("es", "Darse de baja", "darse de baja", "Para darse de baja, responda solo con «{0}».", "Publicidad"),
        Text("it", "Annulla iscrizione", "annulla iscrizione", "Per annullare l’iscrizione, rispondi solo con «{0}».", "Pubblicità"),
        Text("nl", "Uitschrijven", "uitschrijven", "Om u uit te schrijven antwoordt u alleen met ‘{0}’.", "Advertentie"),
        Text("pl", "Wypisz", "wypisz", "Aby się wypisać, odpowiedz tylko słowem „{0}”.", "Reklama"),
        Text("pt", "Cancelar subscrição", "cancelar subscrição", "Para cancelar a subscrição, responda apenas «{0}».", "Publicidade"),
    ];

    /// <param name="language">One of <see cref="Profile.ProfileLanguages.All"/>.</param>
    public static FooterText Of(string language) => All.First(text => text.Language == language);

    private static FooterText Text(string language, string unsubscribe, string word, string reply, string advertisement) =>
        new(language, unsubscribe, word, reply.Replace("{0}", word, StringComparison.Ordinal), advertisement);
}
