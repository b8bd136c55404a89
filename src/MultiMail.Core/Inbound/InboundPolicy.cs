using MultiMail.Mail;

namespace MultiMail.Core.Inbound;

/// <summary>
/// What is more than an honest mail has, whichever door it came through. Such mail is stored and kept from the mailbox until a
/// person has looked; the parser's own limits are higher, so it is read all the same.
/// </summary>
internal static class InboundPolicy
{
    public const int MaxDepth = 20;
    public const int MaxParts = 200;
    public const long MaxDecodedBytes = 50 * 1024 * 1024;
    public const int MaxHeaderBytes = 128 * 1024;
    public const int MaxHeaderFields = 1_000;

    public static bool HasHugeHeader(MessageShape shape) => shape is { HeaderBytes: > MaxHeaderBytes } or { HeaderFields: > MaxHeaderFields };

    /// <returns>A word for the leaf; null when nothing is wrong.</returns>
    public static string? Judge(MessageShape shape) => shape switch
    {
        { Depth: > MaxDepth } => "mime_depth",
        { Parts: > MaxParts } => "mime_parts",
        { DecodedBytes: > MaxDecodedBytes } => "decoded_size",
        { HeaderBytes: > MaxHeaderBytes } => "header_size",
        { HeaderFields: > MaxHeaderFields } => "header_fields",
        _ => null,
    };
}
