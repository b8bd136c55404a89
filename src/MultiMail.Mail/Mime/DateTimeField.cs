using System.Globalization;

namespace MultiMail.Mail;

/// <summary>The date-time of Date and Received fields (RFC 5322 §3.3).</summary>
public static class DateTimeField
{
    /// <summary>In UTC, written <c>+0000</c>: <c>-0000</c> would say that the zone is unknown. To the second.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
