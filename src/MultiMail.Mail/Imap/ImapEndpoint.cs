using System.Diagnostics.CodeAnalysis;

namespace MultiMail.Mail;

/// <summary>Implicit TLS only (<c>imaps</c>, RFC 8314); clear text to loopback without credentials is for tests of the hostile kind.</summary>
/// <param name="Secret">Password, or an OAuth 2 access token when <paramref name="OAuth"/>. Never printed.</param>
public sealed record ImapEndpoint(string Host, int Port, string User, string Secret, string Folder = "INBOX", bool OAuth = false)
{
    public string? CaFile { get; init; }

    /// <summary>
    /// Reads <c>imaps://user:pass@host:993/INBOX</c>; user, password and folder are percent-decoded, the folder may be left out.
    /// Options: <c>ca=FILE</c>, <c>auth=oauth</c> (the password is an access token).
    /// </summary>
    /// <param name="fault">One sentence that names the fix; holds nothing of what was given.</param>
    public static bool TryParse(string? url, [NotNullWhen(true)] out ImapEndpoint? endpoint, [NotNullWhen(false)] out string? fault)
    {
        endpoint = null;
        if (!EndpointUrl.TryParse(url, DefaultPort, "imaps://user:password@host:993/INBOX", out var parts, out fault))
        {
            return false;
        }

        fault = parts switch
        {
            { User: null } or { Secret: null } => "A mailbox needs a user and a password: write user:password@ before the host.",
            { StartTls: not null } => "imaps:// is TLS from the first byte: leave starttls= out.",
            _ => null,
        };
        endpoint = fault is null
            ? new ImapEndpoint(parts.Host, parts.Port, parts.User!, parts.Secret!, parts.Path.Length == 0 ? "INBOX" : parts.Path, parts.OAuth) { CaFile = parts.CaFile }
            : null;
        return endpoint is not null;
    }

    /// <exception cref="FormatException">The URL is no mailbox; the message is the fault of <see cref="TryParse"/>.</exception>
    public static ImapEndpoint Parse(string url) => TryParse(url, out var endpoint, out var fault) ? endpoint : throw new FormatException(fault);

    /// <summary>Without user and secret.</summary>
    public override string ToString() => $"imaps://{EndpointUrl.Bracketed(Host)}:{Port}/{Folder}";

    private static int DefaultPort(string scheme) => scheme == "imaps" ? 993 : 0;
}
