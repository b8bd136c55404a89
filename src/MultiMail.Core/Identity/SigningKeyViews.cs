namespace MultiMail.Core.Identity;

/// <summary>A signing key as its owner sees it.</summary>
/// <param name="Name">Key id of an identity key, selector of a DKIM key.</param>
/// <param name="State"><c>next</c>, <c>active</c>, <c>retired</c> or <c>revoked</c>.</param>
public sealed record SigningKeyView(
    string Use, string? Domain, string Name, string Algorithm, string State, DateTimeOffset NotBefore, DateTimeOffset? NotAfter, DateTimeOffset? RevokedAt, string? Reason)
{
    internal static SigningKeyView Of(SigningKey key, DateTimeOffset now) => new(
        key.Use is SigningKeyUse.Identity ? "identity" : "dkim",
        key.Domain.Length == 0 ? null : key.Domain,
        key.Name,
        key.Algorithm,
        StateName(key.StateAt(now)),
        key.NotBefore,
        key.NotAfter,
        key.RevokedAt,
        key.Reason);

    internal static string StateName(SigningKeyState state) => state switch
    {
        SigningKeyState.Next => "next",
        SigningKeyState.Active => "active",
        SigningKeyState.Retired => "retired",
        _ => "revoked",
    };
}

/// <summary>A TXT record to publish.</summary>
/// <param name="Name">Fully qualified, without trailing dot.</param>
/// <param name="Value">One text; a zone file cuts it into strings of at most 255 octets.</param>
/// <param name="State">State of the key behind it. An empty p= says that the key is revoked (RFC 6376 §3.6.1).</param>
public sealed record DnsTextRecord(string Name, string Value, string State)
{
    internal static DnsTextRecord Of(SigningKey key, DateTimeOffset now)
    {
        var over = key.RevokedAt is not null || key.NotAfter + SigningKeys.KeptAfter <= now;
        var value = over ? key.PublicText[..(key.PublicText.IndexOf("p=", StringComparison.Ordinal) + 2)] : key.PublicText;
        return new DnsTextRecord($"{key.Name}._domainkey.{key.Domain}", value, SigningKeyView.StateName(key.StateAt(now)));
    }
}
