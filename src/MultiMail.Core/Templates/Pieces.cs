using System.Text;

namespace MultiMail.Core.Templates;

/// <summary>A text cut at its placeholders: one literal more than there are names.</summary>
/// <param name="Broken">Where <c>{{</c> or <c>}}</c> stands and is no placeholder: the index of the first.</param>
internal sealed record Pieces(IReadOnlyList<string> Literals, IReadOnlyList<string> Names, int? Broken)
{
    private const int MaxName = 40;

    public static Pieces Of(string text)
    {
        var (literals, names) = (new List<string>(), new List<string>());
        var (from, at) = (0, 0);
        while ((at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0 || text[(at + 2)..end] is not { } name || !IsName(name))
            {
                return new Pieces([text], [], at);
            }

            literals.Add(text[from..at]);
            names.Add(name);
            from = at = end + 2;
        }

        literals.Add(text[from..]);
        var stray = literals.FindIndex(l => l.Contains("}}", StringComparison.Ordinal));
        return new Pieces(literals, names, stray < 0 ? null : text.IndexOf(literals[stray], StringComparison.Ordinal));
    }

    /// <summary><c>[a-z][a-z0-9_]{0,39}</c></summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxName } && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <param name="value">The text in place of the placeholder with this index and name.</param>
    public string Fill(Func<int, string, string> value)
    {
        var text = new StringBuilder(Literals[0]);
        for (var i = 0; i < Names.Count; i++)
        {
            text.Append(value(i, Names[i])).Append(Literals[i + 1]);
        }

        return text.ToString();
    }
}
