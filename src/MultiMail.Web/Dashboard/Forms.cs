using Microsoft.AspNetCore.Http.Features;
using MultiMail.Web.Hosting;

namespace MultiMail.Web.Dashboard;

/// <summary>Reads a form of ours: small, and only as browsers send one.</summary>
internal static class Forms
{
    private static readonly FormOptions Small = new() { ValueCountLimit = 32, KeyLengthLimit = 64, ValueLengthLimit = 32 * 1024, BufferBodyLengthLimit = Limits.FormBody };

    public static async Task<IFormCollection> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentLength > Limits.FormBody)
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, "The form is larger than this server reads.", "Shorten what you wrote.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Limits.FormBody;
        }

        if (!request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await new FormFeature(request, Small).ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>What was typed, without line breaks around it; null when nothing was.</summary>
    public static string? Typed(this IFormCollection form, string name) =>
        form[name] is [{ } value] && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
