using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace MultiMail.Mail;

/// <summary>One pass over a document that parts visible from hidden text and notes the links.</summary>
/// <param name="markdown">Gets the visible text with marks; null = nobody asked.</param>
internal sealed class VisibleWalk(StyleSheet sheet, MarkdownText? markdown = null)
{
    private const int MaxHidden = 10_000;
    private const int MaxLinks = 500;
    private const int MaxDepth = 1_000;
    private const int MaxLinkText = 200;
    private const int MaxQuotes = 1_000;
    private readonly List<string> defects = [];
    private readonly List<(int Start, int End)> quotes = [];
    private readonly List<(int Start, int End)> blocks = [];
    private readonly List<int> cuts = [];
    private readonly MarkdownMarks? marks = markdown is null ? null : new MarkdownMarks(markdown);

    public TextLayout Text { get; } = new(markdown);

    public StringBuilder Hidden { get; } = new();

    /// <summary>Hidden characters, blanks not counted; more than <see cref="Hidden"/> keeps.</summary>
    public int HiddenChars { get; private set; }

    public List<(string Target, string Text)> Links { get; } = [];

    public QuoteRanges Quotes => new(quotes, blocks, cuts);

    public IReadOnlyList<string> Defects =>
        [.. (sheet.Unresolved ? defects.Append("style_unresolved") : defects).Distinct(StringComparer.Ordinal)];

    public void Document(IDocument document)
    {
        if (document.DocumentElement is { } root)
        {
            Element(root, VisibleStyle.Root, 0);
        }
    }

    private void Children(IElement element, VisibleStyle style, int depth)
    {
        foreach (var child in element.ChildNodes)
        {
            switch (child)
            {
                case IElement inner:
                    Element(inner, style, depth + 1);
                    break;
                case IText text:
                    Chars(text.Data, style);
                    break;
                default:
                    break; // comments, and with them Outlook's conditionals
            }
        }
    }

    private void Element(IElement element, VisibleStyle parent, int depth)
    {
        if (depth > MaxDepth)
        {
            defects.Add("html_too_deep");
            Chars(element.TextContent, parent);
            return;
        }

        switch (element.LocalName)
        {
            case "script" or "style" or "head" or "title" or "meta" or "link" or "iframe" or "object" or "video" or "audio" or "svg" or "math":
                return;
            case "template" or "noscript":
                Hide((element as IHtmlTemplateElement)?.Content.TextContent ?? element.TextContent);
                return;
            case "br":
                Text.Line();
                return;
            case "hr":
                Text.Break(2);
                return;
            default:
                Visible(element, parent.For(element, sheet), depth);
                return;
        }
    }

    private void Visible(IElement element, VisibleStyle style, int depth)
    {
        if (style.IsGone || element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true")
        {
            Hide(element.TextContent);
            return;
        }

        var gap = HtmlBlocks.Gap(element.LocalName);
        Text.Break(gap);
        if (element.LocalName == "li")
        {
            Text.Append(Marker(element));
        }
        else if (element.LocalName is "td" or "th")
        {
            Text.Append(" ");
        }

        var start = Text.Length;
        marks?.Start(element);
        Children(element, style, depth);
        marks?.End(element);
        if (element.LocalName is "a" or "area" && element.GetAttribute("href") is { Length: > 0 } target)
        {
            Link(target, start);
        }

        Text.Break(gap);
        Note(element, start);
    }

    private void Note(IElement element, int start)
    {
        if (QuoteElements.IsQuote(element) && quotes.Count < MaxQuotes)
        {
            quotes.Add((start, Text.Length));
        }
        else if (QuoteElements.IsBlock(element) && blocks.Count < MaxQuotes)
        {
            blocks.Add((start, Text.Length));
        }
        else if (QuoteElements.IsCut(element) && cuts.Count == 0)
        {
            cuts.Add(start);
        }
    }

    private static string Marker(IElement item)
    {
        if (item.ParentElement?.LocalName != "ol")
        {
            return "- ";
        }

        // Items before this one, counted from the element so that the walk keeps no state; lists of mail are short.
        var number = 1;
        for (var sibling = item.PreviousElementSibling; sibling is not null && number < 1_000; sibling = sibling.PreviousElementSibling)
        {
            number++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number}. ");
    }

    private void Link(string target, int start)
    {
        if (Links.Count < MaxLinks)
        {
            Links.Add((target, Text.Since(start, MaxLinkText)));
        }
        else
        {
            defects.Add("too_many_links");
        }
    }

    private void Chars(string data, VisibleStyle style)
    {
        if (style.HidesText)
        {
            Hide(data);
        }
        else if (style.IsPreformatted)
        {
            Text.Preformatted(data);
        }
        else
        {
            Text.Append(data);
        }
    }

    private void Hide(string data)
    {
        var before = HiddenChars;
        foreach (var c in data)
        {
            if (!char.IsWhiteSpace(c))
            {
                HiddenChars++;
            }
        }

        if (HiddenChars > before && Hidden.Length < MaxHidden)
        {
            Hidden.Append(Hidden.Length == 0 ? string.Empty : "\n").Append(data.AsSpan().Trim()[..Math.Min(data.AsSpan().Trim().Length, MaxHidden - Hidden.Length)]);
        }
    }
}
