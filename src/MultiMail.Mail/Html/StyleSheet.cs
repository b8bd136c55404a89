using AngleSharp.Dom;

namespace MultiMail.Mail;

/// <summary>
/// The <c>style</c> elements of a mail, as far as simple selectors go. What cannot be resolved hides nothing here: the text
/// stays, and <see cref="Unresolved"/> says so.
/// </summary>
internal sealed class StyleSheet
{
    private const int MaxCss = 256 * 1024;
    private const int MaxRules = 1_000;
    private const int MaxMatches = 300_000;
    private readonly Dictionary<string, List<Rule>> byKey = new(StringComparer.Ordinal);
    private int rules;
    private int matches;

    private StyleSheet()
    {
    }

    /// <summary>A rule that could hide text has a selector or condition that is not understood, or there are too many rules.</summary>
    public bool Unresolved { get; private set; }

    public static StyleSheet Of(IDocument document)
    {
        var sheet = new StyleSheet();
        var left = MaxCss;
        foreach (var style in document.QuerySelectorAll("style"))
        {
            var css = style.TextContent;
            sheet.Unresolved |= css.Length > left;
            css = css[..Math.Min(css.Length, left)];
            left -= css.Length;
            sheet.Read(WithoutComments(css));
        }

        return sheet;
    }

    /// <summary>What holds for the element, the weightier the later; its own style attribute comes in between.</summary>
    public IEnumerable<Declaration> For(IElement element)
    {
        var found = new List<Rule>();
        foreach (var key in Keys(element))
        {
            if (!byKey.TryGetValue(key, out var candidates))
            {
                continue;
            }

            matches += candidates.Count;
            if (matches > MaxMatches)
            {
                Unresolved = true;
                break;
            }

            found.AddRange(candidates.Where(rule => rule.Selector.Matches(element)));
        }

        var sheet = found.OrderBy(rule => rule.Selector.Specificity).ThenBy(rule => rule.Order)
            .SelectMany(rule => rule.Declarations.Items).ToList();
        var inline = element.GetAttribute("style") is { Length: > 0 } own ? Declarations.Parse(own).Items : [];
        return sheet.Where(d => !d.Important)
            .Concat(inline.Where(d => !d.Important))
            .Concat(sheet.Where(d => d.Important))
            .Concat(inline.Where(d => d.Important));
    }

    private static IEnumerable<string> Keys(IElement element)
    {
        yield return "*";
        yield return element.LocalName;
        foreach (var name in element.ClassList.Distinct(StringComparer.Ordinal))
        {
            yield return "." + name;
        }

        if (element.Id is { Length: > 0 } id)
        {
            yield return "#" + id;
        }
    }

    private static string WithoutComments(string css)
    {
        var result = new System.Text.StringBuilder(css.Length);
        var rest = css.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf("/*");
            result.Append(open < 0 ? rest : rest[..open]);
            if (open < 0)
            {
                break;
            }

            var close = rest[(open + 2)..].IndexOf("*/");
            rest = close < 0 ? [] : rest[(open + close + 4)..];
        }

        return result.Replace("<!--", string.Empty).Replace("-->", string.Empty).ToString();
    }

    private void Read(string css)
    {
        var at = 0;
        while (at < css.Length)
        {
            var open = css.AsSpan(at).IndexOfAny('{', ';');
            if (open < 0)
            {
                return;
            }

            var prelude = css[at..(at + open)].Trim();
            at += open + 1;
            if (css[at - 1] == ';')
            {
                continue; // @import, @charset: nothing is loaded
            }

            var end = Close(css, at);
            var body = css[at..end];
            at = end + 1;
            if (prelude.StartsWith('@'))
            {
                Unresolved |= MayHideInside(body);
            }
            else
            {
                Add(prelude, body);
            }
        }
    }

    // A condition such as @media depends on the reader's screen.
    private static bool MayHideInside(string body) => body.Split('{', '}').Any(piece => Declarations.Parse(piece).MayHide);

    private static int Close(string css, int at)
    {
        var depth = 1;
        for (; at < css.Length; at++)
        {
            depth += css[at] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                break;
            }
        }

        return at;
    }

    private void Add(string prelude, string body)
    {
        var declarations = Declarations.Parse(body);
        if (declarations.Items.Count == 0)
        {
            return;
        }

        foreach (var text in prelude.Split(','))
        {
            var selector = Selector.Parse(text.Trim());
            if (selector is null || rules >= MaxRules)
            {
                Unresolved |= declarations.MayHide;
                continue;
            }

            if (!byKey.TryGetValue(selector.Key, out var list))
            {
                byKey[selector.Key] = list = [];
            }

            list.Add(new Rule(selector, declarations, rules++));
        }
    }

    private sealed record Rule(Selector Selector, Declarations Declarations, int Order);
}
