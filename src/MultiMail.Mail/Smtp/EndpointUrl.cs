using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace MultiMail.Mail;

/// <summary>
/// The parts that relay and mailbox URLs share (RFC 3986 §3), percent-decoded. Read by hand: a password may be pasted with an @
/// in it, and no fault may repeat any part of what was given, since a mistyped URL has the secret anywhere.
/// </summary>
internal sealed record EndpointUrl(string Scheme, string Host, int Port, string? User, string? Secret, string Path, string? CaFile, bool OAuth, string? StartTls)
{
    private const string EncodeHint = "write / ? # % in the user or the password as %2F %3F %23 %25";

    /// <param name="defaultPort">By scheme; 0 = a scheme that is not taken.</param>
    public static bool TryParse(
        string? url, Func<string, int> defaultPort, string schemes, [NotNullWhen(true)] out EndpointUrl? parsed, [NotNullWhen(false)] out string? fault)
    {
        parsed = null;
        var text = url?.Trim() ?? string.Empty;
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = colon < 0 ? string.Empty : text[..colon].ToLowerInvariant();
        if (colon < 0 || defaultPort(scheme) == 0)
        {
            fault = $"The URL begins with neither of the schemes that are taken: write {schemes}.";
            return false;
        }

        var rest = text[(colon + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = end < 0 ? (rest, string.Empty) : (rest[..end], rest[end..]);
        if (!authority.Contains('@') && tail.Contains('@'))
        {
            fault = $"The part before the @ has a character that ends it: {EncodeHint}.";
            return false;
        }

        var draft = new Draft(scheme, defaultPort(scheme));
        fault = draft.ReadAuthority(authority) ?? draft.ReadTail(tail);
        parsed = fault is null ? draft.Finish() : null;
        return fault is null;
    }

    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>As it stands in a URL: IPv6 addresses in brackets.</summary>
    public static string Bracketed(string host) => host.Contains(':') ? $"[{host}]" : host;

    private sealed class Draft(string scheme, int port)
    {
        private string _host = string.Empty;
        private int _port = port;
        private string? _user;
        private string? _secret;
        private string _path = string.Empty;
        private string? _caFile;
        private bool _oauth;
        private string? _startTls;

        public EndpointUrl Finish() => new(scheme, _host, _port, _user, _secret, _path, _caFile, _oauth, _startTls);

        public string? ReadAuthority(string authority)
        {
            // The last @: user names are often addresses themselves.
            var at = authority.LastIndexOf('@');
            return (at < 0 ? null : ReadSignIn(authority[..at])) ?? ReadHost(authority[(at + 1)..]);
        }

        /// <param name="tail">What follows the authority: path, query, fragment.</param>
        public string? ReadTail(string tail)
        {
            if (tail.Contains('#'))
            {
                return $"The URL has a #: {EncodeHint}.";
            }

            var question = tail.IndexOf('?');
            var path = question < 0 ? tail : tail[..question];
            if (!TryDecode(path.TrimStart('/'), out _path))
            {
                return "The folder after the / has a control character, or a % that is not followed by two hexadecimal digits: write a % as %25.";
            }

            var options = question < 0 ? [] : tail[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
            return options.Select(ReadOption).FirstOrDefault(f => f is not null)
                ?? (_oauth && _user is null ? "auth=oauth needs a user and an access token: write user:token@ before the host." : null);
        }

        private string? ReadSignIn(string given)
        {
            var colon = given.IndexOf(':');
            if (colon <= 0 || colon == given.Length - 1)
            {
                return "The part before the @ lacks the user or the password: write user:password@host, or leave it out with its @.";
            }

            return TryDecode(given[..colon], out _user) && TryDecode(given[(colon + 1)..], out _secret)
                ? null
                : "The user or the password has a control character, or a % that is not followed by two hexadecimal digits: write a % as %25.";
        }

        private string? ReadHost(string given)
        {
            var bracket = given.StartsWith('[') ? given.IndexOf(']') : -1;
            var colon = given.IndexOf(':', bracket + 1);
            var host = colon < 0 ? given : given[..colon];
            if (colon >= 0 && (!int.TryParse(given[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _port) || _port is < 1 or > 65535))
            {
                return "The port after the host is not a number from 1 to 65535.";
            }

            if (bracket > 0 && IPAddress.TryParse(host.AsSpan(1, bracket - 1), out var v6) && bracket == host.Length - 1)
            {
                _host = v6.ToString();
                return null;
            }

            if (IPAddress.TryParse(host, out var v4) && v4.ToString() == host)
            {
                _host = host;
                return null;
            }

            return HostName.ToALabels(host, out _host) is null
                ? null
                : "The host is neither a host name nor an address: check what stands between the @ and the port.";
        }

        private string? ReadOption(string option)
        {
            var equals = option.IndexOf('=');
            var name = equals < 0 ? option : option[..equals];
            if (!TryDecode(equals < 0 ? string.Empty : option[(equals + 1)..], out var value))
            {
                return "An option after the ? has a control character, or a % that is not followed by two hexadecimal digits.";
            }

            switch (name)
            {
                case "ca":
                    _caFile = value;
                    return value.Length > 0 ? null : "ca= lacks the path of a PEM file.";
                case "auth":
                    _oauth = true;
                    return value == "oauth" ? null : "auth= takes only the value oauth: leave it out to sign in with a password.";
                case "starttls":
                    _startTls = value;
                    return value == "required" ? null : "starttls= takes only the value required: nothing is sent when the relay has no TLS.";
                default:
                    return "An option after the ? is unknown: ca=FILE, auth=oauth and, for a relay, starttls=required are taken.";
            }
        }

        private static bool TryDecode(string given, out string decoded)
        {
            decoded = string.Empty;
            for (var percent = given.IndexOf('%'); percent >= 0; percent = given.IndexOf('%', percent + 1))
            {
                if (percent + 2 >= given.Length || !char.IsAsciiHexDigit(given[percent + 1]) || !char.IsAsciiHexDigit(given[percent + 2]))
                {
                    return false;
                }
            }

            decoded = Uri.UnescapeDataString(given);
            return !decoded.Any(char.IsControl);
        }
    }
}
