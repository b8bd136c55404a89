using System.Collections.Concurrent;
using System.Security.Claims;
using ModelContextProtocol.Server;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// Whose session is whose. A session id is not a credential: with another key it answers as if it did not exist.
/// </summary>
internal sealed class SessionBook
{
    private const string Header = "Mcp-Session-Id";
    private const int NotFound = -32001;

    /// <summary>Sessions that one key may hold at once: nobody fills the server's memory alone.</summary>
    public const int MostPerKey = 100;

    private readonly ConcurrentDictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>Runs one session and notes its owner while it lives. Modern requests have no session id.</summary>
    public async Task RunAsync(HttpContext context, McpServer server, CancellationToken cancellationToken)
    {
        var id = server.SessionId;
        if (id is not null)
        {
            _owners[id] = Owner(context.User);
        }

        try
        {
            await server.RunAsync(cancellationToken);
        }
        finally
        {
            if (id is not null)
            {
                _owners.TryRemove(id, out _);
            }
        }
    }

    public Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var id = context.Request.Headers[Header].ToString();
        var caller = Owner(context.User);
        if (id.Length > 0 && _owners.TryGetValue(id, out var owner) && owner != caller)
        {
            return JsonRpc.ErrorAsync(context, StatusCodes.Status404NotFound, NotFound, "Session not found");
        }

        if (id.Length == 0 && MayBegin(context.Request) && _owners.Values.Count(o => o == caller) >= MostPerKey)
        {
            return JsonRpc.ErrorAsync(
                context, StatusCodes.Status503ServiceUnavailable, JsonRpc.Refused, $"This key has {MostPerKey} sessions already: end one with DELETE.");
        }

        return next(context);
    }

    private static bool MayBegin(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Headers["MCP-Protocol-Version"] != HttpGuard.Modern;

    private static string Owner(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty;
}
