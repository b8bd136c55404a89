namespace MultiMail.Web.Dashboard.Security;

/// <summary>
/// What the browser says about where a request came from (Fetch Metadata). An absent header says nothing: old browsers and plain
/// connections send none, and the cookie rules and form tokens hold without it.
/// </summary>
internal static class SameSite
{
    /// <summary>A form that another site, or a sibling host of ours, made the browser send.</summary>
    public static bool IsForeignPost(HttpRequest request) => Header(request) is "cross-site" or "same-site";

    /// <summary>
    /// A link followed from a mail or chat in the browser. SameSite=Strict kept the cookie back, so this visitor may be signed in;
    /// asking once more from our own page tells.
    /// </summary>
    public static bool IsForeignLink(HttpRequest request) => Header(request) is "cross-site" && request.Headers["Sec-Fetch-Mode"] == "navigate";

    private static string? Header(HttpRequest request) => request.Headers["Sec-Fetch-Site"];
}
