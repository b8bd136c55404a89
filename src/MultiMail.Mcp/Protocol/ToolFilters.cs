using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Errors;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Mcp.Protocol;

/// <summary>What every call and every list goes through, by the attributes of the tools.</summary>
internal sealed class ToolFilters(NodeHandle node, IPrincipalSource principals, TimeProvider clock, ILogger logger)
{
    private const string ModernVersion = "2026-07-28";

    public McpRequestHandler<CallToolRequestParams, CallToolResult> Errors(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        async (context, cancellationToken) =>
        {
            try
            {
                return await next(context, cancellationToken);
            }
            catch (Exception fault) when (IsOurs(fault, cancellationToken))
            {
                return ToolErrors.Of(fault, context.Params.Name, logger);
            }
        };

    /// <summary>Who calls, and whether their scopes allow this tool.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Scope(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        async (context, cancellationToken) =>
        {
            if (context.MatchedPrimitive is null)
            {
                return await next(context, cancellationToken);
            }

            var running = await node.GetAsync(cancellationToken);
            var principal = await principals.GetAsync(context.User, cancellationToken);
            var scopes = ScopesOf(context.MatchedPrimitive);
            if (!Allows(principal, scopes))
            {
                await running.Audit.RefusedAsync(principal, ErrorCodes.ScopeMissing, cancellationToken);
                throw new RefusalException(ErrorCodes.ScopeMissing, scopes.Length == 0
                    ? $"{context.Params.Name} is offered to nobody."
                    : $"{context.Params.Name} needs a key with the scope {string.Join(" or ", scopes.Select(ScopeNames.Name))}.");
            }

            var fence = new UntrustedFence(RandomNumberGenerator.GetBytes(UntrustedFence.NonceBytes));
            context.Items[ToolCall.Key] = new ToolCall(running, principal, fence, clock);
            return await next(context, cancellationToken);
        };

    /// <summary>All faults of the arguments at once. An optional argument that is null is an absent one: many clients send it so.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Arguments(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        (context, cancellationToken) =>
        {
            if (context.MatchedPrimitive is McpServerTool tool)
            {
                var schema = tool.ProtocolTool.InputSchema;
                var given = (context.Params.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
                    .Where(a => a.Value.ValueKind is not JsonValueKind.Null)
                    .ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
                var faults = ArgumentCheck.Find(schema, given, AddressParameters(tool));
                if (faults.Count > 0)
                {
                    throw RefusalException.For(faults);
                }

                context.Params.Arguments = given;
            }

            return next(context, cancellationToken);
        };

    /// <summary>The tools that this key may use; for the rest the server stands silent.</summary>
    public McpRequestHandler<ListToolsRequestParams, ListToolsResult> List(McpRequestHandler<ListToolsRequestParams, ListToolsResult> next) =>
        async (context, cancellationToken) =>
        {
            var allowed = await AllowedAsync(context, cancellationToken);
            var result = await next(context, cancellationToken);
            var tools = context.Server.ServerOptions.ToolCollection;
            result.Tools = [.. result.Tools.Where(t => tools is not null && tools.TryGetPrimitive(t.Name, out var tool) && allowed(ScopesOf(tool)))];
            if (context.Server.NegotiatedProtocolVersion == ModernVersion)
            {
                // Older replies do not know these members.
                result.TimeToLive = TimeSpan.FromMinutes(5);
                result.CacheScope = CacheScope.Private;
            }

            return result;
        };

    private async ValueTask<Func<Scopes[], bool>> AllowedAsync(RequestContext<ListToolsRequestParams> context, CancellationToken cancellationToken)
    {
        if (principals.KnownScopes is { } known)
        {
            return scopes => scopes.Any(s => known.HasFlag(s) || (s is Scopes.Read && known.HasFlag(Scopes.Admin)));
        }

        try
        {
            var principal = await principals.GetAsync(context.User, cancellationToken);
            return scopes => Allows(principal, scopes);
        }
        catch (RefusalException refusal)
        {
            // A list has no isError: the client shows the error's message.
            throw new McpProtocolException($"{refusal.Code}: {refusal.Message} {refusal.Fix}", refusal, McpErrorCode.InvalidRequest);
        }
        catch (StoreUnavailableException store)
        {
            throw new McpProtocolException($"{store.Code}: {ErrorCatalog.Of(store.Code).Fix}", store, McpErrorCode.InternalError);
        }
    }

    private static bool Allows(Principal principal, Scopes[] oneOf) =>
        oneOf.Length > 0 && (principal.Kind is Core.Oversight.PrincipalKind.Human || oneOf.Any(principal.Has));

    /// <summary>Empty when the tool says nothing: then nobody may use it.</summary>
    private static Scopes[] ScopesOf(IMcpServerPrimitive? tool) =>
        tool?.Metadata.OfType<RequiresScopeAttribute>().FirstOrDefault()?.OneOf ?? [];

    private static HashSet<string> AddressParameters(McpServerTool tool) =>
        [.. tool.Metadata.OfType<MethodInfo>().SelectMany(m => m.GetParameters())
            .Where(p => p.ParameterType == typeof(AddressList)).Select(p => p.Name ?? string.Empty)];

    /// <summary>Cancellation and JSON-RPC errors are the SDK's to answer.</summary>
    private static bool IsOurs(Exception fault, CancellationToken cancellationToken) =>
        fault is not (McpProtocolException or InputRequiredException) &&
        !(fault is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
