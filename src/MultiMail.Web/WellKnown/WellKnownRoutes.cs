using MultiMail.Core.Identity;
using MultiMail.Web.Api;
using MultiMail.Web.Problems;

namespace MultiMail.Web.WellKnown;

/// <summary>What strangers need to check our mail (RFC 8615). Nobody signs in here.</summary>
internal static class WellKnownRoutes
{
    // A revocation must be seen soon.
    private const string Cached = "public, max-age=300";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/.well-known/jwks.json", ["GET", "HEAD"], (RequestDelegate)KeysAsync);
        routes.MapMethods("/.well-known/multimail-signing-key", ["GET", "HEAD"], (RequestDelegate)KeyAsync);
        routes.MapMethods("/.well-known/multimail/agents/{agent_id}", ["GET", "HEAD"], (RequestDelegate)AgentAsync);
    }

    private static async Task KeysAsync(HttpContext http)
    {
        var node = await NodeAsync(http);
        await WriteAsync(http, "application/jwk-set+json", JsonWebKeys.Write(await node.SigningKeys.PublishedAsync(http.RequestAborted)));
    }

    private static async Task KeyAsync(HttpContext http)
    {
        var node = await NodeAsync(http);
        var keys = await node.SigningKeys.PublishedAsync(http.RequestAborted);
        var active = keys.LastOrDefault(key => key.Status == "active") ?? throw RefusalException.NotFound("signing key");
        await WriteAsync(http, "application/jwk+json", JsonWebKeys.Write(active));
    }

    private static async Task AgentAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<AgentLimiter>().Ask(http.Connection.RemoteIpAddress) is { } wait)
        {
            ProblemHeaders.RetryAfter(http, wait);
            throw new RefusalException(ErrorCodes.RateLimited, "Too many questions about agents from your address.");
        }

        var node = await NodeAsync(http);
        var agent = await node.Agents.FindAsync(http.Request.RouteValues["agent_id"] as string, http.RequestAborted) ?? throw RefusalException.NotFound("agent");
        http.Response.Headers.CacheControl = Cached;
        await http.Response.WriteAsJsonAsync(agent, WireJson.Of<AgentStatus>(), cancellationToken: http.RequestAborted);
    }

    private static Task<MultiMailNode> NodeAsync(HttpContext http) =>
        http.RequestServices.GetRequiredService<NodeHandle>().GetAsync(http.RequestAborted);

    private static Task WriteAsync(HttpContext http, string type, byte[] body)
    {
        http.Response.Headers.CacheControl = Cached;
        http.Response.ContentType = type;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
