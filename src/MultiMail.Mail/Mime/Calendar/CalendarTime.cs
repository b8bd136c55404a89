using System.Globalization;

namespace MultiMail.Mail;

internal static class CalendarTime
{
    private const int LongestZone = 60;

    /// <summary>DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5) in the form of ISO 8601 with hyphens; null when it is neither.</summary>
    public static string? Read(CalendarLine line)
    {
        var value = line.Value.Trim();
        if (DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var isUtc = value.EndsWith('Z');
        if (!DateTime.TryParseExact(value.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var zone = Blanks.Collapse(line.Parameter("TZID") ?? string.Empty);
        return isUtc ? text + "Z" : zone.Length is > 0 and <= LongestZone ? $"{text} {zone}" : text;
    }
}
