using System.Diagnostics.CodeAnalysis;

namespace MultiMail.Mail;

public enum RelaySecurity
{
    /// <summary>TLS from the first byte (RFC 8314), port 465.</summary>
    ImplicitTls,

    /// <summary>STARTTLS or nothing (RFC 3207), port 587.</summary>
    StartTls,

    /// <summary>Clear text: to loopback only, and never with credentials.</summary>
    None,
}

/// <summary>A relay and how to sign in. Two are equal when all of it is.</summary>
/// <param name="User">Null = no sign-in.</param>
/// <param name="Secret">Password, or an OAuth 2 access token when <paramref name="OAuth"/>. Never printed.</param>
public sealed record RelayEndpoint(string Host, int Port, RelaySecurity Security, string? User = null, string? Secret = null, bool OAuth = false)
{
    /// <summary>PEM file of a private certification authority that is trusted for this relay beside none other; null = the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>
    /// Reads <c>smtps://user:pass@host:465</c>, <c>smtp://user:pass@host:587?starttls=required</c>, or <c>smtp://127.0.0.1:2525</c>
    /// to loopback without credentials. User and password are percent-decoded. Options: <c>ca=FILE</c>, <c>auth=oauth</c> (the
    /// password is an access token).
    /// </summary>
    /// <param name="fault">One sentence that names the fix; holds nothing of what was given.</param>
    public static bool TryParse(string? url, [NotNullWhen(true)] out RelayEndpoint? endpoint, [NotNullWhen(false)] out string? fault)
    {
        endpoint = null;
        if (!EndpointUrl.TryParse(url, DefaultPort, "smtps://user:password@host:465 or smtp://user:password@host:587?starttls=required", out var parts, out fault))
        {
            return false;
        }

        var implicitTls = parts.Scheme == "smtps";
        var security = implicitTls ? RelaySecurity.ImplicitTls : parts.StartTls is null ? RelaySecurity.None : RelaySecurity.StartTls;
        fault = Fault(parts, security);
        endpoint = fault is null
            ? new RelayEndpoint(parts.Host, parts.Port, security, parts.User, parts.Secret, parts.OAuth) { CaFile = parts.CaFile }
            : null;
        return endpoint is not null;
    }

    /// <exception cref="FormatException">The URL is no relay; the message is the fault of <see cref="TryParse"/>.</exception>
    public static RelayEndpoint Parse(string url) => TryParse(url, out var endpoint, out var fault) ? endpoint : throw new FormatException(fault);

    /// <summary>Without user and secret.</summary>
    public override string ToString() => $"{(Security is RelaySecurity.ImplicitTls ? "smtps" : "smtp")}://{EndpointUrl.Bracketed(Host)}:{Port}";

    // RFC 8314 §3.3 and RFC 6409 §3.1.
    private static int DefaultPort(string scheme) => scheme switch { "smtps" => 465, "smtp" => 587, _ => 0 };

    private static string? Fault(EndpointUrl parts, RelaySecurity security)
    {
        if (parts.Path.Length > 0)
        {
            return "A relay has no path: end the URL after the port, or write options after a ?.";
        }

        return security switch
        {
            RelaySecurity.ImplicitTls when parts.StartTls is not null => "smtps:// is TLS from the first byte: leave starttls=required out, or write smtp:// with the relay's port 587.",
            RelaySecurity.None when parts.User is not null => "The user and the password would go out in clear text: write smtps://, or add ?starttls=required.",
            RelaySecurity.None when !EndpointUrl.IsLoopback(parts.Host) => "Mail would go out in clear text: write smtps://, or add ?starttls=required.",
            _ => null,
        };
    }
}
