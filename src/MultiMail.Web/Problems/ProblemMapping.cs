using MultiMail.Core.Storage;

namespace MultiMail.Web.Problems;

/// <summary>The one place where an exception becomes a problem. Null: nobody is there to read an answer.</summary>
internal static class ProblemMapping
{
    public static Problem? Of(HttpContext http, Exception exception) => exception switch
    {
        RefusalException refusal => OfRefusal(http, refusal),
        StoreUnavailableException store => Problem.Of(http, store.Code, ErrorCatalog.Of(store.Code).Title + "."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.Of(http, ErrorCodes.MessageTooLarge, "The request body is larger than this server reads."),
        BadHttpRequestException bad => Problem.WithoutCode(http, bad.StatusCode, "Bad request", "The request is not well-formed HTTP."),
        OperationCanceledException when http.RequestAborted.IsCancellationRequested => null,
        _ => Problem.Of(http, ErrorCodes.Internal, "Something went wrong here. The operator finds it in the log under the request id."),
    };

    private static Problem OfRefusal(HttpContext http, RefusalException refusal)
    {
        var problem = Problem.Of(http, refusal.Code, refusal.Message, refusal.Fix, refusal.Violations);
        if (refusal.RetryAfter is not { } wait)
        {
            return problem;
        }

        ProblemHeaders.RetryAfter(http, wait);
        return problem with { RetryAfter = ProblemHeaders.Seconds(wait) };
    }

    /// <summary>What routing answered without a body.</summary>
    public static Problem? OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problem.Of(http, ErrorCodes.NotFound, "There is nothing at this address.", "Check the path: docs/rest.md lists the routes."),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(http, ErrorCodes.MethodNotAllowed, "This address does not take that method."),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(http, ErrorCodes.MessageTooLarge, "The request body is larger than this server reads."),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of(http, ErrorCodes.UnsupportedMediaType, "The body's media type is not taken here."),
        _ => null,
    };
}
