using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using MultiMail.Web.Hosting;

namespace MultiMail.Web.Api;

/// <summary>The body as one strict JSON object. No body at all is the empty object: some writes need no field.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static async Task<JsonFields> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(request, cancellationToken);
        if (bytes.IsEmpty)
        {
            return JsonFields.None();
        }

        if (!IsJson(request.ContentType))
        {
            throw new RefusalException(ErrorCodes.UnsupportedMediaType, "The body is not declared as application/json.");
        }

        return JsonFields.Of(Parse(bytes));
    }

    /// <exception cref="RefusalException"><c>malformed_json</c></exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw Malformed("The body is not UTF-8.");
        }

        try
        {
            var root = JsonDocument.Parse(utf8, Strict).RootElement;
            return root.ValueKind == JsonValueKind.Object ? root : throw Malformed("The body is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw Malformed($"The body is not JSON, or repeats a member, at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            // Comparing member names unescapes them, which half a surrogate pair does not survive.
            throw Malformed("A member's name is not text.");
        }
    }

    private static RefusalException Malformed(string message) => new(ErrorCodes.MalformedJson, message);

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) &&
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) &&
        (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limits.JsonBody)
        {
            throw TooLarge();
        }

        using var kept = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (kept.Length + read > Limits.JsonBody)
            {
                throw TooLarge();
            }

            await kept.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    private static RefusalException TooLarge() =>
        new(ErrorCodes.MessageTooLarge, "The request body is larger than 14,000,000 bytes.");
}
