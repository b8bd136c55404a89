using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MultiMail.Web.Hosting;

/// <summary>How much of a request is read before we know who sends it.</summary>
internal static class Limits
{
    /// <summary>10,000,000 bytes of mail as base64, and room for the rest of the JSON.</summary>
    public const int JsonBody = 14_000_000;

    public const int FormBody = 64 * 1024;

    /// <summary>A form in which a whole message is written: 1,000,000 characters, escaped.</summary>
    public const int MessageForm = 9_000_000;

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = 16_000_000;
        options.Limits.MaxRequestLineSize = 8 * 1024;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}
