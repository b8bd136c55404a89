using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// What the SDK leaves open on HTTP: Host and Origin (the specification asks for 403), a missing content type (it
/// answers 500), unknown protocol versions (it offers those of other eras).
/// </summary>
internal sealed class HttpGuard(Func<IReadOnlyCollection<string>> allowedHosts)
{
    private const int UnsupportedVersion = -32022;
    public const string Modern = "2026-07-28";

    private static readonly HashSet<string> Versions =
        new(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", Modern], StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!IsAllowed(request.Host.Value) || !request.Headers.Origin.All(IsAllowedOrigin))
        {
            return JsonRpc.ErrorAsync(context, StatusCodes.Status403Forbidden, JsonRpc.Refused, "Forbidden: this Host or Origin is not allowed here.");
        }

        if (HttpMethods.IsPost(request.Method) && string.IsNullOrEmpty(request.ContentType))
        {
            return JsonRpc.ErrorAsync(context, StatusCodes.Status415UnsupportedMediaType, JsonRpc.Refused, "Send Content-Type: application/json.");
        }

        var version = request.Headers["MCP-Protocol-Version"].ToString();
        return version.Length == 0 || Versions.Contains(version) ? next(context) : UnknownVersionAsync(context, version);
    }

    private static async Task UnknownVersionAsync(HttpContext context, string version)
    {
        var id = await JsonRpc.IdAsync(context);
        var data = new JsonObject
        {
            ["supported"] = new JsonArray(Modern),
            ["requested"] = version.Length <= 40 ? version : version[..40],
        };
        await JsonRpc.ErrorAsync(context, StatusCodes.Status400BadRequest, UnsupportedVersion, "Unsupported protocol version.", id, data);
    }

    private bool IsAllowed(string? host) => host is not null && allowedHosts().Contains(host, StringComparer.OrdinalIgnoreCase);

    // "null" (a sandboxed frame, a file) is no absolute address and so refused.
    private bool IsAllowedOrigin(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && IsAllowed(uri.Authority);
}

/// <summary>JSON-RPC errors outside the SDK's reach.</summary>
internal static class JsonRpc
{
    public const int Refused = -32000;

    public static async Task ErrorAsync(HttpContext context, int status, int code, string message, JsonNode? id = null, JsonNode? data = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (data is not null)
        {
            error["data"] = data;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["error"] = error };
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    /// <summary>The id of the request in the body, where there is one.</summary>
    public static async Task<JsonNode?> IdAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return body.RootElement.ValueKind is JsonValueKind.Object && body.RootElement.TryGetProperty("id", out var id) &&
                id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? JsonNode.Parse(id.GetRawText()) : null;
        }
        catch (Exception fault) when (fault is JsonException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }
}

/// <summary>Room for a message of 10,000,000 bytes in base64 with its arguments; Kestrel answers 413 beyond.</summary>
internal sealed class BodyLimit : IRequestSizeLimitMetadata
{
    public static BodyLimit Instance { get; } = new();

    public long? MaxRequestBodySize => 16 * 1024 * 1024;
}
