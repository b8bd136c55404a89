using System.Globalization;
using System.Net;
using MultiMail.Mail;

namespace MultiMail.Mcp.Hosting;

/// <summary>Where and under which name other servers bring mail.</summary>
/// <param name="Name">Our host name, as in MX records; null = nobody named one.</param>
/// <param name="Certificate">PEM files of certificate chain and key; null = STARTTLS is not offered.</param>
internal sealed record SmtpListen(IReadOnlyList<IPEndPoint> Endpoints, string? Name, SmtpCertificateFiles? Certificate)
{
    public const string Setting = "MULTIMAIL_SMTP_LISTEN";
    public const string NameSetting = "MULTIMAIL_SMTP_NAME";
    public const string CertificateSetting = "MULTIMAIL_SMTP_CERT";
    public const string KeySetting = "MULTIMAIL_SMTP_KEY";

    /// <returns>Null when the listener is off.</returns>
    /// <exception cref="SetupException">A value that cannot be used; names the setting.</exception>
    public static SmtpListen? From(SettingsSource values, DataFolder data)
    {
        var (name, certificate, key) = (values.Get(NameSetting), values.Get(CertificateSetting), values.Get(KeySetting));
        if (values.Get(Setting) is not { } listen)
        {
            return null;
        }

        if (certificate is null != key is null)
        {
            throw new SetupException($"{(key is null ? CertificateSetting : KeySetting)} is set without {(key is null ? KeySetting : CertificateSetting)}.", "Set both, to the PEM files of the certificate and of its key, or neither.");
        }

        return new SmtpListen(
            [.. listen.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Endpoint)],
            name is null ? null : HostName(name) ?? throw new SetupException($"{NameSetting} is no host name.", $"Write the name that your MX record points to, e.g. {NameSetting}=mx.example.com."),
            certificate is null || key is null ? null : new SmtpCertificateFiles(Path.GetFullPath(certificate, data.Root), Path.GetFullPath(key, data.Root)));
    }

    /// <summary>The chosen name, else that of the public address, else the machine's; the local domain when none of them is a name others could use.</summary>
    public string ServerName(Uri? publicUrl, string machine) =>
        Name
        ?? (publicUrl is { HostNameType: UriHostNameType.Dns } ? HostName(publicUrl.IdnHost) : null)
        ?? HostName(machine)
        ?? Core.Mailboxes.LocalDomain.Name;

    /// <summary>Lower case; null when it is no name of at least two labels.</summary>
    private static string? HostName(string text) =>
        text.Contains('.', StringComparison.Ordinal) && MailboxAddress.TryParse($"postmaster@{text}", out var address, out _) ? address.Domain : null;

    private static IPEndPoint Endpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? string.Empty : text[..colon];
        var bracketed = host is ['[', .., ']'];
        var valid = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort;
        IPAddress? address = null;
        valid = valid && (host == "localhost" || bracketed || host.Count(c => c == '.') == 3) && IPAddress.TryParse(host == "localhost" ? "127.0.0.1" : host, out address);
        return valid && address is not null
            ? new IPEndPoint(address, port)
            : throw new SetupException($"{Setting} cannot be {text}.", "Write ADDRESS:PORT with an IP address, several with commas between: 127.0.0.1:2526, 0.0.0.0:25, [::]:25.");
    }
}

internal sealed record SmtpCertificateFiles(string Certificate, string Key);
