using System.Security.Cryptography;

namespace MultiMail.Web.Dashboard.Security;

/// <summary>Two cookies: the session of a signed-in person, and a random secret that binds a sign-in form to the browser it was shown in.</summary>
internal static class Cookies
{
    private const string Session = "multimail-session";
    private const string Visitor = "multimail-visitor";

    public static string? ReadSession(HttpContext http, string publicUrl) => http.Request.Cookies[Name(http, publicUrl, Session)];

    public static void WriteSession(HttpContext http, string publicUrl, SignedIn session) =>
        http.Response.Cookies.Append(Name(http, publicUrl, Session), session.Token, Options(http, publicUrl, session.ExpiresAt));

    public static void DeleteSession(HttpContext http, string publicUrl) =>
        http.Response.Cookies.Delete(Name(http, publicUrl, Session), Options(http, publicUrl, expires: null));

    public static string? ReadVisitor(HttpContext http, string publicUrl) => http.Request.Cookies[Name(http, publicUrl, Visitor)];

    /// <summary>The secret that the browser holds, or a new one that it is given.</summary>
    public static string EnsureVisitor(HttpContext http, string publicUrl)
    {
        if (ReadVisitor(http, publicUrl) is { Length: 32 } known)
        {
            return known;
        }

        var made = RandomNumberGenerator.GetHexString(32, lowercase: true);
        http.Response.Cookies.Append(Name(http, publicUrl, Visitor), made, Options(http, publicUrl, expires: null));
        return made;
    }

    // RFC 6265bis §4.1.3.2: with the prefix, no other host and no plain connection can have set it.
    private static string Name(HttpContext http, string publicUrl, string name) => IsSecure(http, publicUrl) ? $"__Host-{name}" : name;

    private static CookieOptions Options(HttpContext http, string publicUrl, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = IsSecure(http, publicUrl),
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };

    // Behind a proxy that ends TLS the connection is plain, but the browser spoke https to the public name.
    private static bool IsSecure(HttpContext http, string publicUrl) =>
        http.Request.IsHttps ||
        (Uri.TryCreate(publicUrl, UriKind.Absolute, out var known) && known.Scheme == Uri.UriSchemeHttps &&
            string.Equals(known.Host, http.Request.Host.Host, StringComparison.OrdinalIgnoreCase));
}
