namespace MultiMail.Storage;

/// <summary>
/// A query for FTS5 out of parsed words. Each is a quoted string, so that nothing a stranger writes is an operator.
/// </summary>
/// <param name="Excludes">There are only words that must not occur: the text names what to leave out.</param>
internal sealed record FtsQuery(string Text, bool Excludes)
{
    /// <returns>Null where there are no words: no condition.</returns>
    public static FtsQuery? Of(SearchTerms terms)
    {
        var wanted = terms.All.Where(t => !t.Not).Select(Quoted).ToList();
        var unwanted = terms.All.Where(t => t.Not).Select(Quoted).ToList();
        if (wanted.Count == 0)
        {
            return unwanted.Count == 0 ? null : new FtsQuery(string.Join(" OR ", unwanted), Excludes: true);
        }

        var text = $"({string.Join(" AND ", wanted)})";
        return new FtsQuery(string.Concat([text, .. unwanted.Select(u => $" NOT {u}")]), Excludes: false);
    }

    // NUL would end the text early, in the middle of a string.
    private static string Quoted(SearchTerm term) =>
        $"\"{term.Phrase.Replace('\0', ' ').Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(term.Prefix ? "*" : string.Empty)}";
}
