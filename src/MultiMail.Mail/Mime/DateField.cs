using MimeKit.Utils;

namespace MultiMail.Mail;

/// <summary>The Date field, also where the blank before the zone is missing (<c>00:01+0000</c>).</summary>
internal static class DateField
{
    private const int Longest = 200;
    private const int Zone = 5;

    public static DateTimeOffset? Parse(string? field)
    {
        if (field is not { Length: > Zone and <= Longest })
        {
            return null;
        }

        var text = field.Trim();
        var sign = text.LastIndexOfAny(['+', '-']);
        var glued = sign > 0 && sign == text.Length - Zone && char.IsAsciiDigit(text[sign - 1]) && text[..sign].Contains(':', StringComparison.Ordinal);
        return glued && DateUtils.TryParse(text.Insert(sign, " "), out var date) ? date : null;
    }
}
