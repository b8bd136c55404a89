using System.Globalization;

namespace MultiMail.Mail;

/// <summary>Parameters of MAIL that our EHLO offers: SIZE (RFC 1870) and BODY (RFC 6152), each once.</summary>
internal static class MailParameters
{
    private const int LongestNumber = 20; // RFC 1870 §4

    /// <returns>Null when all is well.</returns>
    public static SmtpReply? Fault(IReadOnlyList<string> parameters, int maxSize)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters)
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? parameter : parameter[..equals];
            var value = equals < 0 ? string.Empty : parameter[(equals + 1)..];
            var fault = name.ToUpperInvariant() switch
            {
                _ when !seen.Add(name) => SmtpReplies.Arguments,
                "SIZE" => Size(value, maxSize),
                "BODY" => value.ToUpperInvariant() is "7BIT" or "8BITMIME" ? null : SmtpReplies.Arguments,
                _ => SmtpReplies.UnknownParameter, // RFC 5321 §4.1.1.11
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static SmtpReply? Size(string value, int maxSize)
    {
        if (value.Length is 0 or > LongestNumber || value.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return SmtpReplies.Arguments;
        }

        // More digits than a long holds are too many octets as well.
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= maxSize ? null : SmtpReplies.TooLarge;
    }
}
