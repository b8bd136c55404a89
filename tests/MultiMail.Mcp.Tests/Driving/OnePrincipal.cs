using System.Security.Claims;
using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Tests.Driving;

internal sealed class OnePrincipal(Principal principal, Scopes? known = null) : IPrincipalSource
{
    public Scopes? KnownScopes => known;

    public ValueTask<Principal> GetAsync(ClaimsPrincipal? user, CancellationToken cancellationToken) => ValueTask.FromResult(principal);
}

/// <summary>Asks each time, as stdio with a key does: a revoked key stops working.</summary>
internal sealed class AskedPrincipal(Func<CancellationToken, Task<Principal>> ask) : IPrincipalSource
{
    public async ValueTask<Principal> GetAsync(ClaimsPrincipal? user, CancellationToken cancellationToken) => await ask(cancellationToken);
}
