using MultiMail.Mail;

namespace MultiMail.Core.Templates;

/// <summary>Values inside URLs.</summary>
internal static class UrlValues
{
    /// <summary>The URL as it may be followed; null when it is none, or not one of these.</summary>
    public static string? Whole(string value, bool mailto)
    {
        if (value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\') || !Uri.TryCreate(value, UriKind.Absolute, out var url))
        {
            return null;
        }

        if (url.Scheme is "http" or "https")
        {
            // A user part looks like the host and is not.
            return url.Host.Length > 0 && url.UserInfo.Length == 0 ? url.AbsoluteUri : null;
        }

        // The address alone: a mailto URL could also name copies, a subject and a text (RFC 6068 §2).
        return mailto && url.Scheme == "mailto" && MailboxAddress.TryParse(value["mailto:".Length..], out var address, out _) && address.DisplayName is null
            ? "mailto:" + Address(address.AddrSpec) : null;
    }

    /// <summary>RFC 3986 §2.1: everything but unreserved characters is percent-encoded.</summary>
    public static string Part(string value) => Uri.EscapeDataString(value);

    public static string Address(string value) => Uri.EscapeDataString(value).Replace("%40", "@", StringComparison.Ordinal);

    /// <summary>RFC 3986 §5.2.4: such a segment would take back what stands before it, encoded or not.</summary>
    public static bool IsDotted(string value) => value.Length is > 0 and <= 2 && value.All(c => c == '.');
}
