namespace MultiMail.Mail;

/// <summary>What a person who looks at HTML reads.</summary>
/// <param name="Text">All visible text, LF line ends.</param>
/// <param name="OwnText">The same without what is quoted from others.</param>
/// <param name="IsUnread">No tree could be built: nothing is known about what is visible.</param>
public sealed record HtmlSight(string Text, string OwnText, bool IsUnread)
{
    public static HtmlSight Of(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var seen = HtmlText.Visible(html);
        return new HtmlSight(seen.Text, Without(seen.Text, seen.Quotes), seen.IsUnread);
    }

    private static string Without(string text, QuoteRanges quotes)
    {
        var own = text.AsSpan();
        foreach (var cut in quotes.Cuts)
        {
            own = own[..Math.Min(own.Length, cut)];
        }

        var result = new System.Text.StringBuilder(own.Length);
        var at = 0;
        foreach (var (start, end) in quotes.Quotes.Concat(quotes.Blocks).OrderBy(range => range.Start))
        {
            if (start > at && at < own.Length)
            {
                result.Append(own[at..Math.Min(start, own.Length)]).Append('\n');
            }

            at = Math.Max(at, end);
        }

        return at < own.Length ? result.Append(own[at..]).ToString() : result.ToString();
    }
}
