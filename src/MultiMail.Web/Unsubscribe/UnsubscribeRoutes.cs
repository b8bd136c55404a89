using MultiMail.Web.Dashboard;
using MultiMail.Web.Dashboard.Pages;
using MultiMail.Web.Problems;

namespace MultiMail.Web.Unsubscribe;

/// <summary>
/// <c>/u/{token}</c>, the links of List-Unsubscribe (RFC 8058). Whoever has the token may unsubscribe: no login, no cookie, and never a
/// redirect, which one-click callers do not follow.
/// </summary>
internal static class UnsubscribeRoutes
{
    private const string Pattern = "/u/{token}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpen("GET", Pattern, ShowAsync);
        routes.MapOpen("POST", Pattern, ApplyAsync);
    }

    /// <summary>Changes nothing: scanners open every link of a mail.</summary>
    private static async Task ShowAsync(HttpContext http, MultiMailNode node)
    {
        if (!await WaitsAsync(http))
        {
            await WriteAsync(http, StatusCodes.Status200OK, await node.Unsubscribing.LookAsync(Token(http), http.RequestAborted));
        }
    }

    private static async Task ApplyAsync(HttpContext http, MultiMailNode node)
    {
        if (await WaitsAsync(http))
        {
            return;
        }

        var status = await UnsubscribeForm.JudgeAsync(http);
        if (status == StatusCodes.Status200OK)
        {
            await WriteAsync(http, status, await node.Unsubscribing.ApplyAsync(Token(http), http.RequestAborted));
        }
        else
        {
            await WriteAsync(http, status, "This call is not understood, and nothing was changed.", null);
        }
    }

    private static string? Token(HttpContext http) => http.Request.RouteValues["token"] as string;

    private static async Task<bool> WaitsAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<UnsubscribeLimiter>().Ask(http.Connection.RemoteIpAddress) is not { } wait)
        {
            return false;
        }

        ProblemHeaders.RetryAfter(http, wait);
        ProblemHeaders.Add(http, ErrorCodes.RateLimited);
        await WriteAsync(http, StatusCodes.Status429TooManyRequests, "There were too many calls from your address. Try again in a minute.", null);
        return true;
    }

    /// <summary>A token that is not ours tells nothing, not even what was wrong with it.</summary>
    private static Task WriteAsync(HttpContext http, int status, UnsubscribeView? view) => view is null
        ? WriteAsync(http, StatusCodes.Status404NotFound, "This link does not work here, and nothing was changed. Answering the mail with the one word “unsubscribe” does the same.", null)
        : WriteAsync(http, status, null, view);

    private static Task WriteAsync(HttpContext http, int status, string? refused, UnsubscribeView? view)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var frame = new PageFrame("Unsubscribe", string.Empty, string.Empty, SignedIn: false, now);
        var model = new UnsubscribeModel(http.Request.Path, view, refused);
        return PageRenderer.WriteAsync<UnsubscribePage>(
            http, status, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Frame"] = frame, ["Model"] = model });
    }
}

/// <param name="View">Null when <paramref name="Refused"/> says why.</param>
public sealed record UnsubscribeModel(string Path, UnsubscribeView? View, string? Refused);
