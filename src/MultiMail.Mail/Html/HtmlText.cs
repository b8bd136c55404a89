using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;

namespace MultiMail.Mail;

/// <summary>
/// What a person who looks at HTML sees, as text, and what is hidden from them. Nothing is run and nothing is loaded.
/// </summary>
internal static class HtmlText
{
    private const int SampleChars = 1_000;

    /// <param name="markdown">Gets the visible text with marks; stays empty where the HTML cannot be read as such.</param>
    public static VisibleText Visible(string html, MarkdownText? markdown = null)
    {
        if (!HtmlLimits.Scan(html).IsWithin)
        {
            return new VisibleText(HtmlTokens.Text(html), new HiddenText(0, null), [], ["html_too_complex"], QuoteRanges.None) { IsUnread = true };
        }

        try
        {
            return Walk(html, markdown);
        }
        catch (Exception exception) when (ParserFaults.IsExpected(exception))
        {
            return new VisibleText(HtmlTokens.Text(html), new HiddenText(0, null), [], ["html_unreadable"], QuoteRanges.None) { IsUnread = true };
        }
    }

    private static VisibleText Walk(string html, MarkdownText? markdown)
    {
        // A parser of its own, not a browsing context: there is no loader and no script engine to switch off.
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        var walk = new VisibleWalk(StyleSheet.Of(document), markdown);
        walk.Document(document);
        return new VisibleText(
            BodyText.Clean(walk.Text.ToString()),
            Hidden(walk.Hidden, walk.HiddenChars),
            LinkList.Of(walk.Links),
            walk.Defects,
            walk.Quotes);
    }

    /// <summary>Text of our own HTML, the target after each link whose text does not say it.</summary>
    public static string WithTargets(string html)
    {
        if (!HtmlLimits.Scan(html).IsWithin)
        {
            return HtmlTokens.Text(html);
        }

        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        foreach (var anchor in document.QuerySelectorAll("a[href]"))
        {
            var target = anchor.GetAttribute("href") ?? string.Empty;
            if (target.Length > 0 && !target.EndsWith(anchor.TextContent, StringComparison.OrdinalIgnoreCase))
            {
                anchor.AppendChild(document.CreateTextNode($" <{target}>"));
            }
        }

        var walk = new VisibleWalk(StyleSheet.Of(document));
        walk.Document(document);
        return walk.Text.ToString();
    }

    private static HiddenText Hidden(StringBuilder hidden, int chars)
    {
        if (chars == 0)
        {
            return new HiddenText(0, null);
        }

        var text = BodyText.Clean(hidden.ToString());
        var sample = text.Length > SampleChars ? text[..SampleChars] : text;
        return new HiddenText(chars, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sample))), text);
    }
}

internal sealed record VisibleText(string Text, HiddenText Hidden, IReadOnlyList<LinkFound> Links, IReadOnlyList<string> Defects, QuoteRanges Quotes)
{
    /// <summary>No tree could be built: the text is that of the tokens.</summary>
    public bool IsUnread { get; init; }
}
