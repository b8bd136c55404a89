using System.Security.Claims;
using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;

namespace MultiMail.Mcp.Protocol;

/// <summary>Whose authority a call has. On stdio one per process, over HTTP the bearer's.</summary>
public interface IPrincipalSource
{
    /// <param name="user">The authenticated user of the HTTP request; null on stdio.</param>
    /// <exception cref="Core.Errors.RefusalException"><c>invalid_key</c>, <c>key_revoked</c></exception>
    ValueTask<Principal> GetAsync(ClaimsPrincipal? user, CancellationToken cancellationToken);

    /// <summary>
    /// Scopes that hold without asking the store, so that the first list of tools waits for nothing:
    /// the local default agent's. Null = ask.
    /// </summary>
    Scopes? KnownScopes => null;
}
