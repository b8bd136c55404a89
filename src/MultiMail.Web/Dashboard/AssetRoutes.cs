using System.Security.Cryptography;

namespace MultiMail.Web.Dashboard;

/// <summary>
/// The style sheet and the script, out of the assembly: static web assets come empty from a plain build in Production.
/// An address carries the content's hash, so a browser keeps what it has until it changes.
/// </summary>
internal static class AssetRoutes
{
    private static readonly Asset Style = Load("app.css", "text/css; charset=utf-8");
    private static readonly Asset Script = Load("app.js", "text/javascript; charset=utf-8");

    private static readonly Asset Icon = Load("icon.svg", "image/svg+xml");

    public static string IconPath => Icon.Path;

    public static string StylePath => Style.Path;

    public static string ScriptPath => Script.Path;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in new[] { Style, Script, Icon })
        {
            routes.MapMethods(asset.Path, ["GET", "HEAD"], (RequestDelegate)(http => WriteAsync(http, asset)));
        }
    }

    private static async Task WriteAsync(HttpContext http, Asset asset)
    {
        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = asset.Content.Length;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(asset.Content, http.RequestAborted);
        }
    }

    private static Asset Load(string name, string contentType)
    {
        using var stream = typeof(AssetRoutes).Assembly.GetManifestResourceStream($"MultiMail.Web.Dashboard.Assets.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var content = copy.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
        return new Asset($"/assets/{hash}/{name}", contentType, content);
    }

    private sealed record Asset(string Path, string ContentType, byte[] Content);
}
