using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using MultiMail.Web.Api;

namespace MultiMail.Web.Hosting;

/// <summary>Is it up, can it work, and whose data does it hold.</summary>
internal static class HealthRoutes
{
    private static readonly string Version =
        typeof(HealthRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health", ["GET", "HEAD"], (RequestDelegate)HealthAsync);
        routes.MapMethods("/health/live", ["GET", "HEAD"], (RequestDelegate)(http => WriteAsync(http, new Health("ok"))));
        routes.MapMethods("/health/ready", ["GET", "HEAD"], (RequestDelegate)ReadyAsync);
    }

    public static string StoreName(ReadOnlySpan<byte> storeKey) => Convert.ToHexStringLower(SHA256.HashData(storeKey)[..8]);

    private static Task HealthAsync(HttpContext http) => Started(http) is { } node
        ? WriteAsync(http, new Health("ok", StoreName(node.Store.StoreKey.Span), Version, SourcesOf(node)))
        : NotReadyAsync(http);

    /// <summary>How many in which state: everybody may ask, so no address and no server is named.</summary>
    private static Dictionary<string, int>? SourcesOf(MultiMailNode node)
    {
        var counts = node.Sources.Status.CountBy(s => s.State).ToDictionary(s => s.Key.ToString().ToLowerInvariant(), s => s.Value, StringComparer.Ordinal);
        return counts.Count == 0 ? null : counts;
    }

    private static async Task ReadyAsync(HttpContext http)
    {
        if (Started(http) is not { } node || !await CanReadAsync(node, http.RequestAborted))
        {
            await NotReadyAsync(http);
            return;
        }

        await WriteAsync(http, new Health("ok"));
    }

    private static async Task<bool> CanReadAsync(MultiMailNode node, CancellationToken cancellationToken)
    {
        try
        {
            await node.Store.FirstAccountAsync(cancellationToken);
            return true;
        }
        catch (Core.Storage.StoreUnavailableException)
        {
            return false;
        }
    }

    private static MultiMailNode? Started(HttpContext http)
    {
        var starting = http.RequestServices.GetRequiredService<NodeHandle>().GetAsync(CancellationToken.None);
        return starting.IsCompletedSuccessfully ? starting.Result : null;
    }

    private static Task NotReadyAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return WriteAsync(http, new Health("not_ready"));
    }

    private static Task WriteAsync(HttpContext http, Health health)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(health, WireJson.Of<Health>(), cancellationToken: http.RequestAborted);
    }
}

/// <param name="Store">See <see cref="MultiMailWeb.StoreName"/>.</param>
/// <param name="Sources">Mailboxes whose mail is fetched from elsewhere, counted by state: <c>idle</c>, <c>waiting</c>, <c>stopped</c> and so on.</param>
internal sealed record Health(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Store = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Version = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, int>? Sources = null);
