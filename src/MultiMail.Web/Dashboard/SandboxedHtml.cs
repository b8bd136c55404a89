namespace MultiMail.Web.Dashboard;

/// <summary>
/// A stranger's HTML for a frame with an empty sandbox attribute: no script, no form, no navigation, no origin. The policy inside
/// stands beside the page's own, which a srcdoc document inherits, and keeps it from loading anything even where the sandbox is not known.
/// </summary>
internal static class SandboxedHtml
{
    public static string Document(string html) =>
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\">" +
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">" +
        "<meta name=\"color-scheme\" content=\"light\"></head><body>" + html + "</body></html>";
}
