using System.Collections.Frozen;

namespace MultiMail.Mail;

/// <summary>
/// How deep a tree builder would be after each tag, never less: an end tag counts only where the HTML Standard (§13.2.6.4.7)
/// would honour it, or else depth could be hidden behind end tags that close nothing.
/// </summary>
internal sealed class OpenElements
{
    // Elements that an unrelated end tag cannot close across (§13.2.4.2, "special"), as far as their own end tag does not matter.
    private static readonly FrozenSet<string> Special = FrozenSet.ToFrozenSet(
        [
            "address", "article", "aside", "blockquote", "button", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "figcaption",
            "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "main", "menu", "nav", "ol", "pre", "listing",
            "section", "summary", "ul", "body", "html", "head", "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "search",
            "select", "style", "textarea", "title", "xmp", "frameset", "colgroup",
        ],
        StringComparer.Ordinal);

    // Nothing is closed across these ("scope").
    private static readonly FrozenSet<string> Scopes = FrozenSet.ToFrozenSet(
        ["applet", "caption", "table", "marquee", "object", "template"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Formatting = FrozenSet.ToFrozenSet(
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Void = FrozenSet.ToFrozenSet(
        ["area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "link", "meta", "param", "source", "track", "wbr"],
        StringComparer.Ordinal);

    // Mail leaves out their end tags, and the next one of the kind closes the last.
    private static readonly FrozenSet<string> SelfClosing = FrozenSet.ToFrozenSet(
        ["p", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup"], StringComparer.Ordinal);

    private readonly List<string> stack = [];
    private bool lastWasDefinition;

    public int Depth => stack.Count;

    /// <summary>Formatting elements without an end tag: each block that follows may hold a copy of every one.</summary>
    public int Unclosed { get; private set; }

    public void Start(string name)
    {
        if (Void.Contains(name) || SelfClosing.Contains(name))
        {
            return;
        }

        if (name is "li" or "dd" or "dt")
        {
            // They close their own kind only: alternating, they nest.
            var isDefinition = name != "li";
            if (isDefinition == lastWasDefinition)
            {
                return;
            }

            lastWasDefinition = isDefinition;
        }

        stack.Add(name);
        Unclosed += Formatting.Contains(name) ? 1 : 0;
    }

    public void End(string name)
    {
        var isSpecial = Special.Contains(name) || Scopes.Contains(name);
        for (var i = stack.Count - 1; i >= 0; i--)
        {
            if (stack[i] == name)
            {
                Close(i, name);
                return;
            }

            if (Scopes.Contains(stack[i]) || (!isSpecial && !Formatting.Contains(name) && Special.Contains(stack[i])))
            {
                return;
            }
        }
    }

    private void Close(int at, string name)
    {
        if (Formatting.Contains(name))
        {
            // What was opened inside stays open (§13.2.6.4.7, the adoption agency).
            stack.RemoveAt(at);
            Unclosed--;
        }
        else
        {
            stack.RemoveRange(at, stack.Count - at);
        }
    }
}
