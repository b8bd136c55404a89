using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace MultiMail.Mail;

/// <summary>What a sender's own styles may do beside paragraphs that must stay visible.</summary>
internal static class FrameStyles
{
    private static readonly HashSet<string> KeptAttributes = new(StringComparer.OrdinalIgnoreCase) { "lang", "dir", "bgcolor", "xmlns" };

    private static readonly HashSet<string> KeptProperties = new(StringComparer.Ordinal)
    {
        "background-color", "color", "font-family", "font-weight", "line-height", "text-align", "direction",
        "-webkit-text-size-adjust", "-ms-text-size-adjust",
    };

    private static readonly Regex Spacing = new(@"^(auto|\d{1,2}(px)?)(\s+(auto|\d{1,2}(px)?)){0,3}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
    private static readonly Regex FontSize = new(@"^[1-9]\d(px|pt)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
    private static readonly Regex Comment = new(@"/\*.*?(\*/|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
    private static readonly Regex Escape = new(@"\\(?<code>[0-9a-fA-F]{1,6}[ \t\r\n\f]?|.)", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>html and body hold everything: of theirs only what cannot hide it is kept.</summary>
    public static void Tame(IElement element)
    {
        var style = string.Join(';', Declared(element.GetAttribute("style")).Where(MayStand).Select(d => $"{d.Name}:{d.Value}"));
        foreach (var attribute in element.Attributes.Where(a => !KeptAttributes.Contains(a.Name)).ToList())
        {
            element.RemoveAttribute(attribute.Name);
        }

        if (style.Length > 0)
        {
            element.SetAttribute("style", style);
        }
    }

    /// <summary>Takes away what lays an element over others: its place outside the flow, and its rank.</summary>
    public static void KeepInFlow(IElement element)
    {
        var all = Declared(element.GetAttribute("style")).ToList();
        if (all.Exists(LeavesTheFlow))
        {
            element.SetAttribute("style", string.Join(';', all.Where(d => !LeavesTheFlow(d)).Select(d => $"{d.Name}:{d.Value}")));
        }
    }

    private static bool LeavesTheFlow((string Name, string Value) declaration) => declaration switch
    {
        { Name: "position", Value: "relative" or "static" } => false,
        { Name: "position" or "z-index" or "all" } => true,
        _ => false,
    };

    private static bool MayStand((string Name, string Value) declaration) =>
        KeptProperties.Contains(declaration.Name)
        || (declaration.Name is "margin" or "padding" && Spacing.IsMatch(declaration.Value))
        || (declaration.Name == "font-size" && FontSize.IsMatch(declaration.Value));

    // CSS Syntax 3 §4.3.7: an escape writes any letter of a name in another way; a comment may stand between any two tokens.
    private static IEnumerable<(string Name, string Value)> Declared(string? style)
    {
        foreach (var piece in Escape.Replace(Comment.Replace(style ?? string.Empty, " "), Unescaped).Split(';'))
        {
            var colon = piece.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                yield return (piece[..colon].Trim().ToLowerInvariant(), piece[(colon + 1)..].Trim());
            }
        }
    }

    private static string Unescaped(Match match)
    {
        var code = match.Groups["code"].Value.Trim();
        return code.Length > 0 && char.IsAsciiHexDigit(code[0]) && int.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 0xD800
            ? ((char)value).ToString()
            : code;
    }
}
