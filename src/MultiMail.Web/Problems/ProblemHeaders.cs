using System.Globalization;

namespace MultiMail.Web.Problems;

/// <summary>The header fields that HTTP asks for beside some statuses.</summary>
internal static class ProblemHeaders
{
    public static void Add(HttpContext http, string code)
    {
        var headers = http.Response.Headers;
        switch (code)
        {
            // RFC 6750 §3: no error attribute when the request carried no credentials at all.
            case ErrorCodes.InvalidKey or ErrorCodes.KeyRevoked:
                headers.WWWAuthenticate = http.Request.Headers.Authorization.Count == 0
                    ? "Bearer realm=\"multimail\""
                    : "Bearer realm=\"multimail\", error=\"invalid_token\"";
                break;
            case ErrorCodes.RateLimited or ErrorCodes.PendingLimit:
                headers.RetryAfter = http.Items.TryGetValue(RetryAfterItem, out var seconds) && seconds is int given
                    ? given.ToString(CultureInfo.InvariantCulture)
                    : "60";
                break;
            case ErrorCodes.StoreBusy:
                headers.RetryAfter = "1";
                break;
            case ErrorCodes.AuditUnavailable or ErrorCodes.StorageFull:
                headers.RetryAfter = "60";
                break;
        }
    }

    /// <summary>Whoever knows better than the default how long to wait puts the seconds here.</summary>
    public static void RetryAfter(HttpContext http, TimeSpan wait) => http.Items[RetryAfterItem] = Seconds(wait);

    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    private const string RetryAfterItem = "multimail.retry_after";
}
