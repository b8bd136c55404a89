using System.Text;

namespace MultiMail.Mail;

/// <summary>Collects the text of a document the way it is laid out: blocks on lines of their own, runs of blanks as one.</summary>
/// <param name="markdown">Gets the same with marks; null = nobody asked.</param>
internal sealed class TextLayout(MarkdownText? markdown = null)
{
    private readonly StringBuilder text = new();
    private int pendingLines;
    private bool pendingBlank;

    public int Length => text.Length;

    /// <summary>At least so many line ends before the next text; none before the first.</summary>
    public void Break(int lines)
    {
        if (lines > 0)
        {
            pendingLines = Math.Max(pendingLines, lines);
            pendingBlank = false;
        }
    }

    /// <summary>A line break that is always made.</summary>
    public void Line()
    {
        if (text.Length > 0 || pendingLines > 0)
        {
            pendingLines++;
        }

        pendingBlank = false;
    }

    public void Append(ReadOnlySpan<char> content)
    {
        foreach (var c in content)
        {
            if (IsBlank(c))
            {
                pendingBlank = true;
                continue;
            }

            Flush();
            text.Append(c);
            markdown?.Char(c);
        }
    }

    public void Preformatted(ReadOnlySpan<char> content)
    {
        foreach (var c in content)
        {
            if (c == '\n')
            {
                pendingLines++;
            }
            else if (c != '\r')
            {
                Flush();
                text.Append(c);
                markdown?.Char(c);
            }
        }
    }

    /// <summary>What was added since the text had that length, blanks trimmed, cut at <paramref name="max"/> characters.</summary>
    public string Since(int length, int max) =>
        text.ToString(length, Math.Min(text.Length - length, max)).Trim();

    public override string ToString() => text.ToString();

    /// <summary>The same rules over text that already has its line breaks: blanks at line ends and third empty lines go.</summary>
    public static string Tidy(string given)
    {
        var layout = new TextLayout();
        foreach (var line in given.Split('\n'))
        {
            layout.Append(line);
            layout.Line();
        }

        return layout.ToString();
    }

    private void Flush()
    {
        if (text.Length > 0 && pendingLines > 0)
        {
            markdown?.Lines(Math.Min(pendingLines, 2), text.Length);
            text.Append('\n', Math.Min(pendingLines, 2));
        }
        else if (text.Length > 0 && pendingBlank && text[^1] is not (' ' or '\n'))
        {
            text.Append(' ');
            markdown?.Blank();
        }

        pendingLines = 0;
        pendingBlank = false;
    }

    // The no-break space is one that people see as a blank; the ideographic space carries layout and stays.
    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\u00A0';
}
