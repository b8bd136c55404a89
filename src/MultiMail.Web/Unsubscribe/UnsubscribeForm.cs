using Microsoft.AspNetCore.Http.Features;

namespace MultiMail.Web.Unsubscribe;

/// <summary>The body of a one-click call.</summary>
internal static class UnsubscribeForm
{
    public const string Field = "List-Unsubscribe";
    public const string Value = "One-Click";

    /// <summary>One field in either encoding; a multipart body has some hundred bytes around it.</summary>
    public const int MostBytes = 8 * 1024;

    private static readonly FormOptions Small = new()
    {
        ValueCountLimit = 8, KeyLengthLimit = 64, ValueLengthLimit = 256, BufferBodyLengthLimit = MostBytes, MultipartBodyLengthLimit = MostBytes, MultipartHeadersLengthLimit = 2 * 1024,
    };

    /// <summary>RFC 8058 §3.2: multipart/form-data or urlencoded, with <c>List-Unsubscribe=One-Click</c>.</summary>
    /// <returns>The status to answer with; 200 = it is one.</returns>
    public static async Task<int> JudgeAsync(HttpContext http)
    {
        var request = http.Request;
        if (!request.HasFormContentType)
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        if (request.ContentLength > MostBytes)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        try
        {
            var form = await new FormFeature(request, Small).ReadFormAsync(http.RequestAborted);
            return form[Field] is [{ } value] && value.Trim() == Value ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException tooLarge)
        {
            return tooLarge.StatusCode;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}
