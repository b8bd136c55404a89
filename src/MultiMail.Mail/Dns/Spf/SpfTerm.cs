using System.Net;

namespace MultiMail.Mail;

internal enum SpfMechanism
{
    All,
    Include,
    A,
    Mx,
    Ptr,
    Ip4,
    Ip6,
    Exists,
}

/// <summary>A directive: what to say when the mechanism matches.</summary>
/// <param name="Target">The domain-spec; null = the current domain.</param>
/// <param name="Network">ip4 and ip6 only.</param>
/// <param name="Prefix4">Bits of the address that count for an IPv4 client.</param>
internal sealed record SpfDirective(AuthResult Qualifier, SpfMechanism Mechanism, SpfMacro? Target, IPAddress? Network = null, int Prefix4 = 32, int Prefix6 = 128)
{
    /// <summary>RFC 7208 §4.6.4: of these, and of redirect=, ten may be evaluated in one check.</summary>
    public bool AsksDns => Mechanism is not (SpfMechanism.All or SpfMechanism.Ip4 or SpfMechanism.Ip6);
}
