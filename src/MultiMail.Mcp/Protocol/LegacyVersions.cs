using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// A client that says <c>initialize</c> speaks the protocol with sessions, whatever version it names. The
/// specification has the server answer an unknown version with its own newest; the SDK refuses the modern ones.
/// </summary>
internal static class LegacyVersions
{
    private const string Newest = "2025-11-25";

    private static readonly HashSet<string> Known = new(["2024-11-05", "2025-03-26", "2025-06-18", Newest], StringComparer.Ordinal);

    public static McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject parameters } &&
            parameters["protocolVersion"] is JsonValue value && value.TryGetValue<string>(out var version) && !Known.Contains(version))
        {
            parameters["protocolVersion"] = Newest;
        }

        return next(context, cancellationToken);
    };
}
