using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Identity;

namespace MultiMail.Web.Api;

/// <summary>Who really sent a message. The body is the message itself; nothing of it is kept.</summary>
internal static class VerifyRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapCall("POST", "/v1/verify", VerifyAsync);

    private static async Task VerifyAsync(ApiCall call)
    {
        call.Principal.Require(Scopes.Read); // before megabytes are read
        var query = call.Query;
        var recipient = query.Text("rcpt");
        query.Complete();
        if (!IsMessage(call.Http.Request.ContentType))
        {
            throw new RefusalException(ErrorCodes.UnsupportedMediaType, "The body is not declared as message/rfc822 or application/octet-stream.");
        }

        var message = await ReadAsync(call.Http.Request, call.Aborted);
        var wish = new VerificationWish(Recipient: recipient, Dns: call.Node.Options.Dns);
        await call.OkAsync(VerificationView.Of(await call.Node.Verification.VerifyAsync(call.Principal, message, wish, call.Aborted)));
    }

    private static bool IsMessage(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Value?.ToLowerInvariant() is "message/rfc822" or "application/octet-stream";

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MailVerification.MaxBytes;
        }

        if (request.ContentLength > MailVerification.MaxBytes)
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, $"The message is larger than {MailVerification.MaxBytes} bytes.");
        }

        // Grows with what really comes: a length alone reserves nothing.
        using var kept = new MemoryStream();
        await request.Body.CopyToAsync(kept, cancellationToken);
        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }
}
