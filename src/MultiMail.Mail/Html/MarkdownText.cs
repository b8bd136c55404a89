using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// The same text as a <see cref="TextLayout"/> with Markdown marks (CommonMark): written in step with it, so that a place in the plain
/// text is known in this one. What a stranger wrote is escaped where it would be a mark itself.
/// </summary>
internal sealed class MarkdownText
{
    private const int MaxPrefix = 10;
    private readonly StringBuilder text = new();
    private readonly List<string> opening = [];
    private readonly List<(int Plain, int Marked)> lineEnds = [];
    private int quotes;
    private int quotesBefore;

    /// <summary>A mark before the next character. None is made when no character comes before its <see cref="Close"/>.</summary>
    public void Open(string mark) => opening.Add(mark);

    /// <summary>Ends what was opened last; elements nest, so marks do.</summary>
    public void Close(string mark)
    {
        if (opening.Count > 0)
        {
            opening.RemoveAt(opening.Count - 1);
        }
        else
        {
            text.Append(mark);
        }
    }

    public void OpenQuote() => quotes++;

    public void CloseQuote() => quotes--;

    /// <param name="plain">Length of the plain text before these line ends.</param>
    public void Lines(int count, int plain)
    {
        lineEnds.Add((plain, text.Length));
        for (var i = 1; i <= count; i++)
        {
            text.Append('\n').Append(Prefix(i < count ? Math.Min(quotes, quotesBefore) : quotes));
        }

        quotesBefore = quotes;
    }

    public void Blank() => text.Append(' ');

    public void Char(char c)
    {
        if (text.Length == 0)
        {
            text.Append(Prefix(quotes));
            quotesBefore = quotes;
        }

        foreach (var mark in opening)
        {
            text.Append(mark);
        }

        opening.Clear();
        if (c is '[' or ']' or '*' or '`' or '<' or '\\')
        {
            text.Append('\\');
        }

        text.Append(c);
    }

    /// <summary>What corresponds to the first characters of the plain text, which end with a line.</summary>
    public string Until(int plain)
    {
        var at = lineEnds.BinarySearch((plain, 0), Comparer<(int Plain, int Marked)>.Create((a, b) => a.Plain.CompareTo(b.Plain)));
        return at < 0 ? text.ToString() : text.ToString(0, lineEnds[at].Marked);
    }

    public override string ToString() => text.ToString();

    private static string Prefix(int quotes) => string.Concat(Enumerable.Repeat("> ", Math.Min(quotes, MaxPrefix)));
}
