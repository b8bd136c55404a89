using System.Security.Claims;
using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Node;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Hosting;

/// <summary>
/// Who a <c>stdio</c> client is: the key in MULTIMAIL_API_KEY, asked for anew at each call so that a revoked one stops at
/// once, or the local default agent. Never a person.
/// </summary>
internal sealed class StdioPrincipal(NodeHandle handle, string? apiKey, Action needed) : IPrincipalSource
{
    private const string Channel = "mcp";

    /// <summary>The local default agent's are fixed, so that its list of tools needs no store.</summary>
    public Scopes? KnownScopes => apiKey is null ? Scopes.Read | Scopes.Send : null;

    public async ValueTask<Principal> GetAsync(ClaimsPrincipal? user, CancellationToken cancellationToken)
    {
        needed();
        var node = await handle.GetAsync(cancellationToken);
        return apiKey is null
            ? await node.Installation.LocalAgentAsync(Channel, cancellationToken)
            : await node.Keys.AuthenticateAsync(apiKey, Channel, cancellationToken);
    }
}
