namespace MultiMail.Core.Mailboxes;

/// <summary>What an SPF record (RFC 7208) names so that a relay may send for the domain.</summary>
internal static class SpfMechanism
{
    /// <summary>Relays whose providers publish which addresses send for them; each has documented its own include.</summary>
    private static readonly (string HostEnd, string Include)[] Providers =
    [
        ("gmail.com", "_spf.google.com"),
        ("google.com", "_spf.google.com"),
        ("amazonaws.com", "amazonses.com"),
        ("mailgun.org", "mailgun.org"),
        ("sendgrid.net", "sendgrid.net"),
        ("office365.com", "spf.protection.outlook.com"),
        ("outlook.com", "spf.protection.outlook.com"),
        ("fastmail.com", "spf.messagingengine.com"),
        ("mailjet.com", "spf.mailjet.com"),
        ("postmarkapp.com", "spf.mtasv.net"),
    ];

    /// <summary><c>include:</c> of the provider; the relay's own address for a relay of one's own; <c>mx</c> while there is none.</summary>
    public static string For(string? relayHost)
    {
        if (relayHost is null)
        {
            return "mx";
        }

        var provider = Array.Find(Providers, p => relayHost == p.HostEnd || relayHost.EndsWith("." + p.HostEnd, StringComparison.OrdinalIgnoreCase));
        return provider.Include is null ? Own(relayHost) : $"include:{provider.Include}";
    }

    private static string Own(string host) => Uri.CheckHostName(host) switch
    {
        UriHostNameType.IPv4 => $"ip4:{host}",
        UriHostNameType.IPv6 => $"ip6:{host}",
        _ => $"a:{host}",
    };
}
