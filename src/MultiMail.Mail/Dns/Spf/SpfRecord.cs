namespace MultiMail.Mail;

/// <summary>An SPF record (RFC 7208 §4.5, §12), whole and checked: one wrong term anywhere and there is no record.</summary>
internal sealed record SpfRecord(IReadOnlyList<SpfDirective> Directives, SpfMacro? Redirect, SpfMacro? Explanation)
{
    private const string Version = "v=spf1";

    /// <summary>Whether a TXT record means to be one; what follows the version may still be wrong.</summary>
    public static bool IsOne(string text) => text.StartsWith(Version, StringComparison.OrdinalIgnoreCase)
        && (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <param name="fault">The term that is wrong, shortened.</param>
    public static SpfRecord? Parse(string text, out string? fault)
    {
        var directives = new List<SpfDirective>();
        SpfMacro? redirect = null;
        SpfMacro? explanation = null;
        // Only spaces separate terms; any other control or non-ASCII character makes its term wrong.
        foreach (var term in text[Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            fault = Printable.Shorten(term);
            var name = ModifierName(term);
            if (name.IsEmpty)
            {
                if (SpfTermParser.Directive(term) is not { } directive)
                {
                    return null;
                }

                directives.Add(directive);
                continue;
            }

            var value = term.AsSpan(name.Length + 1);
            var known = name.Equals("redirect", StringComparison.OrdinalIgnoreCase) ? 'r' : name.Equals("exp", StringComparison.OrdinalIgnoreCase) ? 'e' : '?';
            var macro = known == '?' ? SpfMacro.Parse(value, SpfTextPlace.Modifier) : SpfTermParser.Target(value);
            if (macro is null || (known == 'r' && redirect is not null) || (known == 'e' && explanation is not null))
            {
                return null;
            }

            redirect = known == 'r' ? macro : redirect;
            explanation = known == 'e' ? macro : explanation;
        }

        fault = null;
        return new SpfRecord(directives, redirect, explanation);
    }

    // name "=": letters first, then letters, digits, "-", "_" and "."
    private static ReadOnlySpan<char> ModifierName(string term)
    {
        var equals = term.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !char.IsAsciiLetter(term[0]))
        {
            return [];
        }

        var name = term.AsSpan(0, equals);
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return [];
            }
        }

        return name;
    }
}
