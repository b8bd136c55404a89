using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MultiMail.Mail;

/// <summary>
/// Finds out what a text would be that is put into HTML between given pieces: a mark is put there, the whole is parsed as a
/// reader's program does, and the mark is looked for. Only where it is found whole, in text or in an attribute that is known to be
/// harmless, may anything stand. The mark begins with a letter and holds a blank, so it makes a tag after <c>&lt;</c>, and falls apart
/// in a tag's name, an attribute's name and an unquoted value.
/// </summary>
public static partial class HtmlInserts
{
    private const string Html = "http://www.w3.org/1999/xhtml";

    private static readonly string[] NoText = ["script", "style", "iframe", "noembed", "noframes", "noscript", "xmp", "plaintext", "template", "object", "applet", "textarea", "select"];

    private static readonly string[] TextAttributes =
        ["alt", "title", "lang", "dir", "align", "valign", "width", "height", "colspan", "rowspan", "class", "id", "bgcolor", "color", "summary", "abbr", "aria-label", "aria-description"];

    /// <param name="pieces">One more than there are places.</param>
    public static IReadOnlyList<InsertPlace> OfHtml(IReadOnlyList<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return Places(pieces, i => string.Create(CultureInfo.InvariantCulture, $"a\uE000 {i}\uE001"), "\uE000", static html => html, new Safe(HtmlMark(), NoText, TextAttributes));
    }

    /// <summary>The same for Markdown, which is made HTML first.</summary>
    /// <param name="pieces">One more than there are places.</param>
    public static IReadOnlyList<InsertPlace> OfMarkdown(IReadOnlyList<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var places = Places(pieces, i => string.Create(CultureInfo.InvariantCulture, $"mmq0k{i}k0qmm"), "mmq0k", Converted, new Safe(MarkdownMark(), [.. NoText, "code", "pre"], ["alt", "title"]));
        var before = string.Empty;
        for (var i = 0; i < places.Length; i++)
        {
            before = (before + pieces[i]).Split('\n')[^1];
            places[i] = places[i] switch
            {
                { Kind: InsertKind.Text } when HostBegun().IsMatch(before) => new InsertPlace(InsertKind.None, "in the host of a URL"),

                // No link here, but the values of other places could make one.
                { Kind: InsertKind.Text } when TargetBegun().IsMatch(before) => new InsertPlace(InsertKind.None, "in the target of a link"),
                var place => place,
            };
        }

        return places;
    }

    private static string Converted(string markdown)
    {
        try
        {
            return MailText.MarkdownToHtml(markdown);
        }
        catch (MailFormatException)
        {
            return string.Empty; // no mark is found, so nothing may stand anywhere
        }
    }

    private static InsertPlace[] Places(IReadOnlyList<string> pieces, Func<int, string> mark, string start, Func<string, string> toHtml, Safe safe)
    {
        var places = new InsertPlace[pieces.Count - 1];
        if (places.Length == 0)
        {
            return places;
        }

        var html = pieces.Any(p => p.Contains(start, StringComparison.Ordinal))
            ? string.Empty
            : toHtml(string.Concat(pieces.Select((p, i) => i < places.Length ? p + mark(i) : p)));
        if (HtmlLimits.Scan(html).IsWithin)
        {
            var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
            new Finding(places, safe).Walk(document);
        }

        for (var i = 0; i < places.Length; i++)
        {
            places[i] ??= new InsertPlace(InsertKind.None, "where it would be part of a tag or is not shown");
        }

        return places;
    }

    [GeneratedRegex("a\uE000 (?<n>[0-9]+)\uE001", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HtmlMark();

    [GeneratedRegex("mmq0k(?<n>[0-9]+)k0qmm", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MarkdownMark();

    // Programs make links of bare URLs: who writes the host chooses where it leads.
    [GeneratedRegex(@"(://|www\.)[^\s/?#]*\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostBegun();

    [GeneratedRegex(@"\](\(|:)[^)]*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TargetBegun();

    // RFC 3986 §3.2: the authority ends at a slash, a question mark or a number sign. No user part: it would look like the host.
    [GeneratedRegex(@"^https?://[^/?#\\@\s]+[/?#]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Authority();

    /// <param name="Mark">The mark as it is found again.</param>
    private sealed record Safe(Regex Mark, string[] NoText, string[] TextAttributes);

    private sealed class Finding(InsertPlace?[] places, Safe safe)
    {
        public void Walk(INode root)
        {
            // A list, not recursion: depth is the caller's.
            foreach (var node in root.GetDescendants())
            {
                switch (node)
                {
                    case IText text:
                        Note(text.Data, TextPlace(text));
                        break;
                    case IComment comment:
                        Note(comment.Data, new InsertPlace(InsertKind.None, "inside a comment"));
                        break;
                    case IElement element:
                        foreach (var attribute in element.Attributes)
                        {
                            Attribute(element, attribute);
                        }

                        break;
                    default:
                        break;
                }
            }
        }

        private InsertPlace TextPlace(IText text)
        {
            for (var parent = text.ParentElement; parent is not null; parent = parent.ParentElement)
            {
                if (parent.NamespaceUri != Html || safe.NoText.Contains(parent.LocalName, StringComparer.Ordinal))
                {
                    return new InsertPlace(InsertKind.None, $"inside <{parent.LocalName}>");
                }
            }

            return new InsertPlace(InsertKind.Text, "in text");
        }

        private void Attribute(IElement element, IAttr attribute)
        {
            var name = attribute.Name;
            if (element.NamespaceUri != Html)
            {
                Note(attribute.Value, new InsertPlace(InsertKind.None, $"inside <{element.LocalName}>"));
            }
            else if ((name == "href" && element.LocalName is ("a" or "area")) || (name == "src" && element.LocalName == "img"))
            {
                Url(attribute.Value, isLink: name == "href");
            }
            else
            {
                Note(attribute.Value, new InsertPlace(safe.TextAttributes.Contains(name, StringComparer.Ordinal) ? InsertKind.Text : InsertKind.None, $"in the attribute {name}"));
            }
        }

        private void Url(string value, bool isLink)
        {
            foreach (Match mark in safe.Mark.Matches(value))
            {
                var before = value[..mark.Index].TrimStart();
                var kind = value.Trim() == mark.Value ? isLink ? InsertKind.Link : InsertKind.Picture
                    : Authority().IsMatch(before) ? InsertKind.UrlPart
                    : isLink && before.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? before.Contains('?', StringComparison.Ordinal) ? InsertKind.UrlPart : InsertKind.MailtoAddress
                    : InsertKind.None;
                Note(mark.Value, new InsertPlace(kind, kind is InsertKind.None ? "in a URL before its scheme and host are written out" : "in a URL"));
            }
        }

        private void Note(string text, InsertPlace place)
        {
            foreach (Match mark in safe.Mark.Matches(text))
            {
                var index = int.Parse(mark.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
                if (index < places.Length)
                {
                    places[index] = Both(places[index], place);
                }
            }
        }

        // A parser may show one place twice: then the text is written for the stricter, where that is fit for both.
        private static InsertPlace Both(InsertPlace? one, InsertPlace other) => (one?.Kind, other.Kind) switch
        {
            (null, _) => other,
            (InsertKind.None, _) => one!,
            _ when one!.Kind == other.Kind => one,
            (InsertKind.Text, InsertKind.UrlPart) => other,
            (InsertKind.UrlPart, InsertKind.Text) => one,
            _ => new InsertPlace(InsertKind.None, "where one text would be two things at once"),
        };
    }
}
