using Microsoft.AspNetCore.Http.Features;
using MultiMail.Web.Hosting;

namespace MultiMail.Web.Dashboard;

/// <summary>Reads a form of ours: small, and only as browsers send one.</summary>
internal static class Forms
{
    private static readonly FormOptions Small = new() { ValueCountLimit = 32, KeyLengthLimit = 64, ValueLengthLimit = 32 * 1024, BufferBodyLengthLimit = Limits.FormBody };

    private static readonly FormOptions Message = new() { ValueCountLimit = 32, KeyLengthLimit = 64, ValueLengthLimit = Limits.MessageForm, BufferBodyLengthLimit = Limits.MessageForm };

    /// <param name="message">A whole message is written in it.</param>
    public static async Task<IFormCollection> ReadAsync(HttpContext http, bool message = false)
    {
        var most = message ? Limits.MessageForm : Limits.FormBody;
        var request = http.Request;
        if (request.ContentLength > most)
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, "The form is larger than this server reads.", "Shorten what you wrote.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        if (!request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await new FormFeature(request, message ? Message : Small).ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>What was typed, without line breaks around it; null when nothing was.</summary>
    public static string? Typed(this IFormCollection form, string name) =>
        form[name] is [{ } value] && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>A text of several lines, whole, with LF line ends; null when the form has no such field.</summary>
    public static string? Written(this IFormCollection form, string name) =>
        form[name] is [{ } value] ? value.ReplaceLineEndings("\n") : null;
}
