using System.Globalization;
using System.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>Relays and mailboxes elsewhere as URLs, the form in which they are typed and, sealed, stored.</summary>
public static class EndpointText
{
    /// <summary>What <see cref="RelayEndpoint.TryParse"/> reads back as the same relay. Holds the password.</summary>
    public static string Of(RelayEndpoint relay)
    {
        var (scheme, option) = relay.Security switch
        {
            RelaySecurity.ImplicitTls => ("smtps", null),
            RelaySecurity.StartTls => ("smtp", "starttls=required"),
            _ => ("smtp", (string?)null),
        };
        return Write(scheme, relay.User, relay.Secret, relay.Host, relay.Port, string.Empty, option, relay.OAuth, relay.CaFile);
    }

    /// <summary>What <see cref="ImapEndpoint.TryParse"/> reads back as the same mailbox. Holds the password.</summary>
    public static string Of(ImapEndpoint source) =>
        Write("imaps", source.User, source.Secret, source.Host, source.Port, "/" + Uri.EscapeDataString(source.Folder), null, source.OAuth, source.CaFile);

    /// <summary>True when the URL names a user without a password: <c>smtps://ann@example.org@smtp.example.org</c>.</summary>
    public static bool LacksPassword(string? url) => SignInOf(url) is { } at && at.Text.Length > 0 && !at.Text.Contains(':', StringComparison.Ordinal);

    /// <summary>The same URL with this password put behind the user.</summary>
    public static string WithPassword(string url, string password)
    {
        var at = SignInOf(url) ?? throw new ArgumentException("The URL has no user.", nameof(url));
        return url.Insert(at.End, ":" + Uri.EscapeDataString(password));
    }

    // The part before the last @ of the authority: user names are often addresses themselves.
    private static (string Text, int End)? SignInOf(string? url)
    {
        var start = url?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        start += 3;
        var end = url!.IndexOfAny(['/', '?', '#'], start);
        var at = url.LastIndexOf('@', (end < 0 ? url.Length : end) - 1);
        return at < start ? null : (url[start..at], at);
    }

    private static string Write(string scheme, string? user, string? secret, string host, int port, string path, string? option, bool oauth, string? ca)
    {
        var text = new StringBuilder($"{scheme}://");
        if (user is not null)
        {
            text.Append(Uri.EscapeDataString(user)).Append(':').Append(Uri.EscapeDataString(secret ?? string.Empty)).Append('@');
        }

        text.Append(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host);
        text.Append(CultureInfo.InvariantCulture, $":{port}{path}");
        string?[] options = [option, oauth ? "auth=oauth" : null, ca is null ? null : "ca=" + Uri.EscapeDataString(ca)];
        var query = string.Join('&', options.Where(o => o is not null));
        return text.Append(query.Length == 0 ? string.Empty : "?" + query).ToString();
    }
}
