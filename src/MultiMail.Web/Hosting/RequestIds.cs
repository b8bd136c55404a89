using System.Security.Cryptography;

namespace MultiMail.Web.Hosting;

/// <summary>Gives each request a random id of our own; a caller's is not taken, it would end up in logs and problems.</summary>
internal sealed class RequestIds(RequestDelegate next)
{
    public const string Header = "X-Request-Id";

    public Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = RandomNumberGenerator.GetHexString(24, lowercase: true);
        http.Response.Headers[Header] = http.TraceIdentifier;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return next(http);
    }
}
