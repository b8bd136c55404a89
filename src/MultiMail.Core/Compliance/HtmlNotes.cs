using System.Net;

namespace MultiMail.Core.Compliance;

/// <summary>
/// Paragraphs of the server's own in a sender's HTML. Each carries every style it needs, so that nothing around it changes how it looks;
/// the colours are the reader's own where his program knows them.
/// </summary>
internal static class HtmlNotes
{
    private const string Style =
        "display:block!important;visibility:visible!important;opacity:1!important;position:relative!important;z-index:2147483647!important;" +
        "float:none!important;clear:both!important;clip-path:none!important;transform:none!important;filter:none!important;" +
        "width:auto!important;max-width:none!important;height:auto!important;max-height:none!important;overflow:visible!important;" +
        "margin:12px 0!important;padding:0!important;text-indent:0!important;letter-spacing:normal!important;white-space:normal!important;" +
        "font-family:Arial,sans-serif!important;font-size:14px!important;line-height:1.4!important;" +
        "color:#222222!important;background-color:#ffffff!important;color:CanvasText!important;background-color:Canvas!important";

    private const string LinkStyle = "color:#0000ee!important;color:LinkText!important;text-decoration:underline!important;font-size:14px!important";

    /// <summary>A paragraph that stands apart from the sender's words.</summary>
    public static string Note(string language, string text) =>
        $"<p role=\"note\" lang=\"{language}\" dir=\"ltr\" style=\"{Style}\">{WebUtility.HtmlEncode(text)}</p>\n";

    /// <param name="html">Encoded.</param>
    public static string Paragraph(string language, string html) => $"\n<p lang=\"{language}\" dir=\"ltr\" style=\"{Style}\">{html}</p>";

    public static string Link(string url, string text) => $"<a href=\"{WebUtility.HtmlEncode(url)}\" style=\"{LinkStyle}\">{WebUtility.HtmlEncode(text)}</a>";
}
