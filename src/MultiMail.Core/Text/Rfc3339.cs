using System.Globalization;
using System.Text.RegularExpressions;

namespace MultiMail.Core.Text;

/// <summary>Times on the wire: RFC 3339, UTC, milliseconds.</summary>
public static partial class Rfc3339
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Format(DateTimeOffset? time) => time is { } value ? Format(value) : null;

    /// <summary>
    /// Reads a time to the millisecond; finer digits are cut off. Seconds may be absent, though RFC 3339 §5.6 wants them. An offset may
    /// not: a local time without one means another instant on another machine.
    /// </summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        if (!Shape().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time))
        {
            time = default;
            return false;
        }

        time = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
        return true;
    }

    // The parser alone takes 12/31/2026 as well, month first.
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Shape();
}
