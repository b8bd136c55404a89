using MultiMail.Web.Dashboard.Pages;
using MultiMail.Web.Problems;

namespace MultiMail.Web.Dashboard;

/// <summary>Errors for people: the same words as the problem, in a page.</summary>
internal static class ProblemPages
{
    /// <summary>Pages answer with pages; elsewhere a browser that found nothing gets one too.</summary>
    public static bool Wants(HttpContext http) => http.GetEndpoint() is { } endpoint
        ? endpoint.Metadata.GetMetadata<PageEndpoint>() is not null
        : !http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal) &&
            http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        if (problem.Code is { } code && problem.Status != StatusCodes.Status401Unauthorized)
        {
            ProblemHeaders.Add(http, code);
        }

        return ShowAsync(http, problem.Status, new Notice(problem.Title, problem.Detail, Advice(problem), problem.RequestId));
    }

    // A caller's advice, such as the list of routes, helps nobody in a browser.
    private static string? Advice(Problem problem) => problem.Code == ErrorCodes.NotFound ? "It may be gone, or the address was not copied whole." : problem.Fix;

    public static Task FormExpiredAsync(HttpContext http) => ShowAsync(http, StatusCodes.Status403Forbidden, new Notice(
        "This form is no longer good",
        "It was not sent from a page of your current session, so nothing was done.",
        "Open the page again and repeat what you did.",
        http.TraceIdentifier));

    public static Task TooManySignInsAsync(HttpContext http, TimeSpan wait)
    {
        ProblemHeaders.RetryAfter(http, wait);
        return WriteAsync(http, Problem.Of(
            http, ErrorCodes.RateLimited, "There were too many attempts to sign in.",
            $"Wait {Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))} min and try again, or use `multimail operator login`."));
    }

    /// <summary>Asks the browser to come again from our own page, this time with its cookie.</summary>
    public static Task ComeInAsync(HttpContext http) => PageRenderer.WriteAsync<ComeInPage>(
        http, StatusCodes.Status200OK, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Target"] = Security.ReturnUrl.Safe(http.Request.Path + http.Request.QueryString),
        });

    private static Task ShowAsync(HttpContext http, int status, Notice notice)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var frame = new PageFrame(notice.Title, string.Empty, string.Empty, SignedIn: false, now);
        return PageRenderer.WriteAsync<NoticePage>(
            http, status, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Frame"] = frame, ["Model"] = notice });
    }
}

/// <param name="RequestId">For the operator, when something went wrong here.</param>
public sealed record Notice(string Title, string Text, string? Fix, string? RequestId);
