namespace MultiMail.Mail;

/// <summary>
/// The new text of a reply: without the message that is answered below it, and without the signature. Answers between quoted lines
/// keep those lines, what is passed on is no quotation, and a text that would be empty is left whole.
/// </summary>
internal sealed class ReplyTrimming
{
    private const int MaxChars = 1_000_000;
    private const int MaxSignature = 20;
    private readonly TextLines lines;
    private readonly LineKind[] kinds;

    private ReplyTrimming(string text, QuoteRanges ranges)
    {
        lines = new TextLines(text);
        kinds = new LineKind[lines.Count];
        for (var line = 0; line < lines.Count; line++)
        {
            kinds[line] = lines.IsBlank(line) ? LineKind.Blank : lines[line].TrimStart().StartsWith(">") ? LineKind.Quoted : LineKind.New;
        }

        Mark(ranges.Blocks, LineKind.Block);
        Mark(ranges.Quotes, LineKind.Quoted);
    }

    private enum LineKind
    {
        New,
        Blank,
        Quoted,
        Block,
        Attribution,
    }

    /// <param name="text">LF lines.</param>
    /// <param name="ranges">What the elements of HTML say; none for plain text.</param>
    /// <param name="isForward">The subject says that a message is passed on.</param>
    public static string Trim(string text, QuoteRanges ranges, bool isForward) =>
        text.Length is 0 or > MaxChars ? text : new ReplyTrimming(text, ranges).Trim(ranges.Cuts, isForward);

    private string Trim(IReadOnlyList<int> cuts, bool isForward)
    {
        if (Cut(cuts, isForward) is not { } cut)
        {
            return lines.Text;
        }

        var end = LastNew(cut) + 1;
        var isInterleaved = Array.FindIndex(kinds, 0, end, kind => kind == LineKind.Quoted) >= 0;
        end = Signature(isInterleaved ? cut : end);
        while (end > 0 && kinds[end - 1] == LineKind.Blank)
        {
            end--;
        }

        return end == 0 || !HasNew(end) ? lines.Text : lines.Text[..lines.End(end - 1)];
    }

    private void Mark(IReadOnlyList<(int Start, int End)> ranges, LineKind kind)
    {
        foreach (var (start, end) in ranges)
        {
            for (var line = lines.At(start); line < lines.Count && lines.End(line) <= end; line++)
            {
                kinds[line] = kinds[line] == LineKind.Blank ? LineKind.Blank : kind;
            }
        }
    }

    /// <summary>The line from which on everything is the earlier message; null when the message is one that is passed on.</summary>
    private int? Cut(IReadOnlyList<int> cuts, bool isForward)
    {
        var cut = cuts.Count > 0 ? lines.At(cuts[0]) : lines.Count;
        for (var line = 0; line < cut; line++)
        {
            if (kinds[line] is LineKind.New or LineKind.Block && IsMark(line))
            {
                cut = line;
            }
            else if (kinds[line] is not LineKind.Blank && StartsForward(line))
            {
                return null;
            }
            else if (kinds[line] is LineKind.New && Attributes(line, out var above))
            {
                cut = above;
            }
        }

        return isForward && cut < lines.Count ? null : cut;
    }

    private bool IsMark(int line) => QuoteMarks.IsOriginal(lines[line]) || QuoteMarks.IsHeaderBlock(lines, line)
        || (QuoteMarks.IsRule(lines[line]) && line + 1 < lines.Count && (QuoteMarks.IsHeaderBlock(lines, line + 1) || (lines.IsBlank(line + 1) && line + 2 < lines.Count && QuoteMarks.IsHeaderBlock(lines, line + 2))));

    // Inside a quotation only its first line can say that it is no quotation.
    private bool StartsForward(int line) =>
        (kinds[line] is not LineKind.Quoted || line == 0 || kinds[line - 1] is not LineKind.Quoted)
        && QuoteMarks.IsForward(lines[line].TrimStart("> \t"));

    /// <summary>
    /// Notes the lines of "On … wrote:". True when what follows is not marked as a quotation in any other way, so that it reaches to the end.
    /// </summary>
    private bool Attributes(int line, out int above)
    {
        above = 0;
        var count = QuoteMarks.Attribution(lines, line, out var certain);
        if (count == 0)
        {
            return false;
        }

        var next = line + 1;
        while (next < lines.Count && kinds[next] is LineKind.Blank)
        {
            next++;
        }

        var isMarked = next < lines.Count && kinds[next] is LineKind.Quoted or LineKind.Block;
        if (!isMarked && !certain)
        {
            return false;
        }

        for (; next < lines.Count && kinds[next] is LineKind.Block or LineKind.Blank; next++)
        {
            kinds[next] = kinds[next] is LineKind.Block ? LineKind.Quoted : LineKind.Blank;
        }

        above = line - count + 1;
        Array.Fill(kinds, LineKind.Attribution, above, count);
        return !isMarked;
    }

    private int LastNew(int end)
    {
        var last = end - 1;
        while (last >= 0 && kinds[last] is not (LineKind.New or LineKind.Block))
        {
            last--;
        }

        return last;
    }

    private bool HasNew(int end) => Array.FindIndex(kinds, 0, end, kind => kind is LineKind.New or LineKind.Block) >= 0;

    /// <summary>RFC 3676 §4.3: the line "-- " before a signature; programs lose its blank. Nothing quoted may follow it.</summary>
    private int Signature(int end)
    {
        var after = 0;
        for (var line = end - 1; line > 0 && after <= MaxSignature; line--)
        {
            if (lines[line].TrimEnd() is "--" && kinds[line] is LineKind.New)
            {
                return HasNew(line) ? line : end;
            }

            if (kinds[line] is LineKind.Quoted or LineKind.Attribution)
            {
                return end;
            }

            after += kinds[line] is LineKind.Blank ? 0 : 1;
        }

        return end;
    }
}
