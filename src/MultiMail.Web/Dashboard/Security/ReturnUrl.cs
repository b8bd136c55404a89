namespace MultiMail.Web.Dashboard.Security;

/// <summary>Where a visitor wanted to go before signing in: a page of ours, or home. Never another host.</summary>
internal static class ReturnUrl
{
    public const string Home = "/";

    private static readonly string[] Pages = ["/pending/", "/mail", "/mailboxes", "/suppressions", "/audit"];

    /// <summary>Only paths of pages, in plain characters: <c>//host</c>, <c>/\host</c>, schemes and controls fall back to home.</summary>
    public static string Safe(string? given) =>
        given is { Length: > 0 and <= 300 } && Pages.Any(p => given.StartsWith(p, StringComparison.Ordinal)) &&
        !given.Contains("//", StringComparison.Ordinal) && !given.Contains("..", StringComparison.Ordinal) && given.All(IsPlain)
            ? given
            : Home;

    /// <summary>The sign-in page that leads back to this request.</summary>
    public static string SignInFor(HttpRequest request)
    {
        var wanted = Safe(HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : null);
        return wanted == Home ? "/login" : $"/login?return={Uri.EscapeDataString(wanted)}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '.' or '?' or '=' or '&' or '%' or '@';
}
