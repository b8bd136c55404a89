using AngleSharp;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MultiMail.Mail;

/// <summary>
/// Puts paragraphs of the mail system's own around a sender's HTML so that nothing in it hides them: first in the body, last in the body.
/// </summary>
public static class HtmlFrame
{
    /// <summary>Elements whose rules reach beyond themselves: style sheets, scripts, and what makes an address mean another one.</summary>
    private const string Reaching = "style, link, script, base, meta[http-equiv]";

    private static readonly string[] WholeMarks = ["<!doctype", "<html", "<head", "<body"];

    /// <param name="html">The sender's document or fragment. Comes back as what it was.</param>
    /// <param name="first">A fragment that becomes the first of the body; its elements carry every style they need themselves.</param>
    /// <param name="last">A fragment that becomes the last of the body.</param>
    /// <returns>
    /// The HTML without style sheets, without attributes of html and body that could hide what is in them, and without places of other
    /// elements that could lie over it; null when it has no body or is too large to build a tree from.
    /// </returns>
    public static string? Around(string html, string first, string last)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (!HtmlLimits.Scan(html).IsWithin)
        {
            return null;
        }

        try
        {
            return Write(html, first, last);
        }
        catch (Exception exception) when (ParserFaults.IsExpected(exception))
        {
            return null;
        }
    }

    private static string? Write(string html, string first, string last)
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsScripting = false });
        var document = parser.ParseDocument(html);
        if (document.Body is not IHtmlBodyElement body)
        {
            return null; // a frameset shows other documents and nothing of this one
        }

        foreach (var element in document.QuerySelectorAll(Reaching).ToList())
        {
            element.Remove();
        }

        FrameStyles.Tame(document.DocumentElement);
        FrameStyles.Tame(body);
        foreach (var element in body.QuerySelectorAll("[style]"))
        {
            FrameStyles.KeepInFlow(element);
        }

        body.Prepend([.. parser.ParseFragment(first, body)]);
        body.Append([.. parser.ParseFragment(last, body)]);
        return IsWhole(html) ? document.ToHtml() : document.Head?.InnerHtml + body.InnerHtml;
    }

    private static bool IsWhole(string html) => Array.Exists(WholeMarks, mark => html.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
