namespace MultiMail.Web.Api;

/// <summary>Answers in JSON. Mail is private: nothing on the way keeps it.</summary>
internal static class ApiAnswers
{
    public static Task OkAsync<T>(this ApiCall call, T body) => WriteAsync(call, StatusCodes.Status200OK, body);

    public static Task AcceptedAsync<T>(this ApiCall call, T body) => WriteAsync(call, StatusCodes.Status202Accepted, body);

    public static Task CreatedAsync<T>(this ApiCall call, string location, T body)
    {
        call.Http.Response.Headers.Location = location;
        return WriteAsync(call, StatusCodes.Status201Created, body);
    }

    private static Task WriteAsync<T>(ApiCall call, int status, T body)
    {
        call.Http.Response.StatusCode = status;
        call.Http.Response.Headers.CacheControl = "no-store";
        return call.Http.Response.WriteAsJsonAsync(body, WireJson.Of<T>(), cancellationToken: call.Aborted);
    }
}
