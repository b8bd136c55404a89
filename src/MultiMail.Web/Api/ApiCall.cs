namespace MultiMail.Web.Api;

/// <summary>One authenticated request. A route reads its fields, calls the node once and answers.</summary>
internal sealed record ApiCall(HttpContext Http, MultiMailNode Node, Principal Principal)
{
    private const string Scheme = "Bearer ";

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The <c>{id}</c> of the path.</summary>
    public string? Id => Http.Request.RouteValues["id"] as string;

    public QueryFields Query => new(Http.Request.Query);

    /// <exception cref="RefusalException"><c>invalid_key</c>, <c>key_revoked</c></exception>
    public static async Task<ApiCall> OpenAsync(HttpContext http)
    {
        var node = await http.RequestServices.GetRequiredService<NodeHandle>().GetAsync(http.RequestAborted);
        var principal = await node.Keys.AuthenticateAsync(Bearer(http.Request), "rest", http.RequestAborted);
        return new ApiCall(http, node, principal);
    }

    /// <exception cref="RefusalException"><c>unsupported_media_type</c>, <c>malformed_json</c>, <c>message_too_large</c></exception>
    public Task<JsonFields> BodyAsync() => JsonBody.ReadAsync(Http.Request, Aborted);

    /// <summary>The key of the header <c>Idempotency-Key</c> or of the field of that name; both only when they agree.</summary>
    public string? IdempotencyKey(JsonFields body)
    {
        var field = body.Text("idempotency_key");
        var header = Http.Request.Headers["Idempotency-Key"];
        if (header.Count == 0)
        {
            return field;
        }

        if (header.Count > 1 || (field is not null && field != header[0]))
        {
            body.Faults.Invalid("idempotency_key", "The header Idempotency-Key and the field idempotency_key differ.", "Send one of the two.");
        }

        return header[0];
    }

    // RFC 9110 §11.1: the scheme is case-insensitive. Two Authorization fields are no credentials.
    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? text[Scheme.Length..].Trim()
            : null;
    }
}
