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
        return id.Length > 0 && _owners.TryGetValue(id, out var owner) && owner != Owner(context.User)
            ? JsonRpc.ErrorAsync(context, StatusCodes.Status404NotFound, NotFound, "Session not found")
            : next(context);
    }

    private static string Owner(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty;
}
