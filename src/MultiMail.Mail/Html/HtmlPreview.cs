using System.Net;
using System.Text.RegularExpressions;
using Ganss.Xss;

namespace MultiMail.Mail;

/// <summary>
/// HTML of strangers for the sandboxed frame in which a person reviews it: no script, form, frame, remote image or style
/// that loads anything. What is too large for that is shown as its text.
/// </summary>
public static class HtmlPreview
{
    // HtmlSanitizer takes 15 s for 100,000 links; a preview shows no more than this.
    private const int MaxTags = 5_000;

    private static readonly string[] RemovedTags =
        ["form", "input", "button", "textarea", "select", "option", "optgroup", "fieldset", "legend", "label", "datalist", "keygen", "menu", "menuitem", "command", "meter", "output", "progress", "area", "map"];

    // What loads something, or could be written with escapes to look as if it did not.
    private static readonly Regex Loading = new(@"url|expression|image|javascript|\\|@import", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    private static readonly string[] InlineImages = ["png", "gif", "jpeg", "webp"];

    public static string Sanitise(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var scan = HtmlLimits.Scan(html);
        return scan.IsWithin && scan.Tags <= MaxTags
            ? Sanitiser().Sanitize(html)
            : $"<pre>{WebUtility.HtmlEncode(HtmlTokens.Text(html))}</pre>";
    }

    // One per call: the sanitiser's own state is not promised to be safe for several threads.
    private static HtmlSanitizer Sanitiser()
    {
        var sanitiser = new HtmlSanitizer();
        sanitiser.AllowedTags.ExceptWith(RemovedTags);
        sanitiser.AllowedAttributes.ExceptWith(["action", "method", "enctype", "accept", "accept-charset", "name", "usemap", "ismap", "background", "cite", "longdesc"]);
        sanitiser.AllowedSchemes.Clear();
        sanitiser.AllowedSchemes.UnionWith(["https", "http", "mailto"]);
        sanitiser.AllowedAtRules.Clear();
        sanitiser.AllowedCssProperties.ExceptWith(["background-image", "list-style-image", "border-image", "border-image-source", "content", "cursor", "position", "z-index"]);
        sanitiser.DisallowCssPropertyValue = Loading;
        sanitiser.UriAttributes.Add("data");
        sanitiser.FilterUrl += (_, args) =>
        {
            // Only a link may lead outside: everything else would be fetched when the page is shown.
            if (!string.Equals(args.Tag.TagName, "a", StringComparison.OrdinalIgnoreCase))
            {
                args.SanitizedUrl = IsInlineImage(args.OriginalUrl) ? args.OriginalUrl : null;
            }
        };
        return sanitiser;
    }

    private static bool IsInlineImage(string url) => InlineImages.Any(kind => url.StartsWith($"data:image/{kind};base64,", StringComparison.OrdinalIgnoreCase));
}
