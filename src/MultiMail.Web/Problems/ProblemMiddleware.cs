using Microsoft.Extensions.Logging;
using MultiMail.Web.Dashboard;

namespace MultiMail.Web.Problems;

/// <summary>Catches what endpoints throw and fills answers that routing left empty: a page for people, a problem for programs.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (IsEmpty(http.Response) && ProblemMapping.OfStatus(http) is { } problem)
            {
                await AnswerAsync(http, problem);
            }
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, exception);
        }
    }

    private static bool IsEmpty(HttpResponse response) =>
        !response.HasStarted && response.ContentType is null && response.ContentLength is null or 0;

    private async Task AnswerAsync(HttpContext http, Exception exception)
    {
        if (ProblemMapping.Of(http, exception) is not { } problem)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }

        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            Log.Fault(logger, problem.RequestId, http.Request.Method, http.GetEndpoint()?.DisplayName, exception);
        }

        await AnswerAsync(http, problem);
    }

    private static Task AnswerAsync(HttpContext http, Problem problem) =>
        ProblemPages.Wants(http) ? ProblemPages.WriteAsync(http, problem) : problem.WriteAsync(http);

    private static partial class Log
    {
        // The endpoint's name, not the path: a sign-in link's path is a secret.
        [LoggerMessage(1, LogLevel.Error, "Request {RequestId} {Method} {Endpoint} failed")]
        public static partial void Fault(ILogger logger, string requestId, string method, string? endpoint, Exception exception);
    }
}
