using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MultiMail.Core.Accounts;
using MultiMail.Core.Errors;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Mcp.Protocol;

/// <summary>The key of the request, with the principal it stands for.</summary>
internal sealed class KeyIdentity(Principal principal)
    : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, principal.PublicId)], ApiKeyHandler.Scheme)
{
    public Principal Principal { get; } = principal;
}

/// <summary>Bearer keys (RFC 6750). Every request is checked anew, so that a revoked key ends its sessions.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, NodeHandle node)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "multimail-key";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            var running = await node.GetAsync(Context.RequestAborted);
            var principal = await running.Keys.AuthenticateAsync(header[Bearer.Length..].Trim(), "mcp", Context.RequestAborted);
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new KeyIdentity(principal)), Scheme));
        }
        catch (Exception fault) when (fault is RefusalException or StoreUnavailableException)
        {
            return AuthenticateResult.Fail(fault);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (failure is StoreUnavailableException store)
        {
            await WriteAsync(ErrorCatalog.Of(store.Code), ErrorCatalog.Of(store.Code).Title + ".");
            return;
        }

        var refusal = failure as RefusalException;
        Response.Headers[HeaderNames.WWWAuthenticate] = refusal is null
            ? "Bearer realm=\"multimail\""
            : $"Bearer realm=\"multimail\", error=\"invalid_token\", error_description=\"{refusal.Code}\"";
        await WriteAsync(ErrorCatalog.Of(refusal?.Code ?? ErrorCodes.InvalidKey), refusal?.Message ?? "This needs a key.");
    }

    private Task WriteAsync(ErrorEntry entry, string message)
    {
        Response.StatusCode = entry.Status;
        Response.ContentType = "application/json";
        var body = new JsonObject { ["code"] = entry.Code, ["message"] = message, ["fix"] = entry.Fix, ["docs"] = entry.Docs };
        return Response.WriteAsync(body.ToJsonString(), Context.RequestAborted);
    }
}

/// <summary>Over HTTP a call has the authority of its request's bearer.</summary>
internal sealed class BearerPrincipals : IPrincipalSource
{
    public ValueTask<Principal> GetAsync(ClaimsPrincipal? user, CancellationToken cancellationToken) =>
        user?.Identities.OfType<KeyIdentity>().FirstOrDefault() is { } key
            ? ValueTask.FromResult(key.Principal)
            : throw new RefusalException(ErrorCodes.InvalidKey, "This needs a key.");
}
