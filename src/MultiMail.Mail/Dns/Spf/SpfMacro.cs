using System.Buffers;
using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>A piece of a macro string (RFC 7208 §7.1): literal text, or one macro.</summary>
/// <param name="Letter">Lower case; NUL for a literal.</param>
/// <param name="Escape">The letter was written in upper case: the value is percent-encoded.</param>
/// <param name="Keep">How many parts from the right stay; 0 = all.</param>
internal readonly record struct SpfPiece(string Literal, char Letter = '\0', bool Escape = false, int Keep = 0, bool Reverse = false, string Delimiters = ".");

/// <summary>Where a macro string stands: it decides which characters and letters are allowed.</summary>
internal enum SpfTextPlace
{
    /// <summary>The target of a mechanism, of redirect= or of exp=.</summary>
    Domain,

    /// <summary>The value of an unknown modifier.</summary>
    Modifier,

    /// <summary>The text that exp= leads to: blanks and the letters c, r and t as well (§6.2).</summary>
    Explanation,
}

/// <summary>A macro string, checked whole before any of it is used.</summary>
internal sealed class SpfMacro
{
    private const string DomainLetters = "slodiphv";
    private const string ExplanationLetters = "crt";

    private static readonly SearchValues<char> AllDelimiters = SearchValues.Create(".-+,/_=");

    private SpfMacro(List<SpfPiece> pieces) => Pieces = pieces;

    public IReadOnlyList<SpfPiece> Pieces { get; }

    /// <summary>Null when it breaks the grammar.</summary>
    public static SpfMacro? Parse(ReadOnlySpan<char> text, SpfTextPlace place)
    {
        var first = place is SpfTextPlace.Explanation ? ' ' : '!';
        var pieces = new List<SpfPiece>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                if (text[i] < first || text[i] > '~')
                {
                    return null;
                }

                literal.Append(text[i]);
                continue;
            }

            if (++i == text.Length)
            {
                return null;
            }

            if (text[i] is '%' or '_' or '-')
            {
                literal.Append(text[i] switch { '%' => "%", '_' => " ", _ => "%20" });
                continue;
            }

            var end = text[i] == '{' ? text[i..].IndexOf('}') : -1;
            if (end < 0 || Macro(text.Slice(i + 1, end - 1), place) is not { } macro)
            {
                return null;
            }

            Flush();
            pieces.Add(macro);
            i += end;
        }

        Flush();
        return new SpfMacro(pieces);

        void Flush()
        {
            if (literal.Length > 0)
            {
                pieces.Add(new SpfPiece(literal.ToString()));
                literal.Clear();
            }
        }
    }

    // transformers = *DIGIT [ "r" ], then delimiters.
    private static SpfPiece? Macro(ReadOnlySpan<char> text, SpfTextPlace place)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        var letter = char.ToLowerInvariant(text[0]);
        var allowed = DomainLetters.Contains(letter, StringComparison.Ordinal)
            || (place is not SpfTextPlace.Domain && ExplanationLetters.Contains(letter, StringComparison.Ordinal));
        var rest = text[1..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        var number = rest[..(digits < 0 ? rest.Length : digits)];
        rest = rest[number.Length..];
        var reverse = rest is ['r' or 'R', ..];
        rest = reverse ? rest[1..] : rest;
        if (!allowed || rest.ContainsAnyExcept(AllDelimiters) || !Keep(number, out var keep))
        {
            return null;
        }

        return new SpfPiece(string.Empty, letter, char.IsAsciiLetterUpper(text[0]), keep, reverse, rest.IsEmpty ? "." : rest.ToString());
    }

    // §7.3: a number of 0 is an error; one beyond 127 means all there is.
    private static bool Keep(ReadOnlySpan<char> number, out int keep)
    {
        keep = 0;
        if (number.IsEmpty)
        {
            return true;
        }

        var significant = number.TrimStart('0');
        keep = significant.Length > 3 ? int.MaxValue : significant.IsEmpty ? 0 : int.Parse(significant, CultureInfo.InvariantCulture);
        return keep > 0;
    }
}
