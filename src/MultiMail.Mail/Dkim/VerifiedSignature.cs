using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>A DKIM-Signature field as claimed, checked as far as it can be without key and message (RFC 6376 §6.1.1). Texts are as received.</summary>
internal sealed record VerifiedSignature
{
    private const int MaxSignedHeaders = 1_000;

    /// <summary>RFC 6376 §3.5: clocks differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public string Domain { get; private init; } = string.Empty;

    public string Selector { get; private init; } = string.Empty;

    public string Identity { get; private init; } = string.Empty;

    public string Algorithm { get; private init; } = string.Empty;

    public byte[] Signature { get; private init; } = [];

    public byte[] BodyHash { get; private init; } = [];

    public Canonicalization HeaderForm { get; private init; }

    public Canonicalization BodyForm { get; private init; }

    public IReadOnlyList<string> SignedHeaders { get; private init; } = [];

    /// <summary>The first thing that is wrong; null = go on.</summary>
    public DkimFault? Fault { get; private init; }

    /// <summary>The domain after the @ of i=.</summary>
    public string IdentityDomain => Identity[(Identity.LastIndexOf('@') + 1)..];

    public static VerifiedSignature Parse(ReadOnlySpan<byte> value, DateTimeOffset now)
    {
        if (!VerifierTagList.TryParse(Encoding.Latin1.GetString(value), out var tags))
        {
            return new VerifiedSignature { Fault = DkimFault.Neutral("the signature is no list of tags") };
        }

        var domain = tags["d"]?.ToLowerInvariant() ?? string.Empty;
        var forms = tags.Packed("c")?.ToLowerInvariant().Split('/') ?? ["simple"];
        var signature = new VerifiedSignature
        {
            Domain = domain,
            Selector = tags["s"] ?? string.Empty,
            Identity = tags["i"] ?? "@" + domain,
            Algorithm = tags.Packed("a")?.ToLowerInvariant() ?? string.Empty,
            Signature = tags.Octets("b") ?? [],
            BodyHash = tags.Octets("bh") ?? [],
            HeaderForm = Form(forms[0]) ?? Canonicalization.Simple,
            BodyForm = forms.Length > 1 ? Form(forms[1]) ?? Canonicalization.Simple : Canonicalization.Simple,
            SignedHeaders = tags.Listed("h") is { } names ? [.. names.Take(MaxSignedHeaders + 1)] : [],
        };
        return signature with { Fault = Missing(tags) ?? Wrong(tags, domain, forms) ?? signature.Contents(tags, domain) ?? Times(tags, now) };
    }

    private static Canonicalization? Form(string word) => word switch
    {
        "simple" => Canonicalization.Simple,
        "relaxed" => Canonicalization.Relaxed,
        _ => null,
    };

    private static DkimFault? Missing(VerifierTagList tags)
    {
        string[] required = ["v", "a", "b", "bh", "d", "h", "s"];
        var absent = Array.Find(required, name => tags[name] is null or "");
        return absent is null ? null : DkimFault.Permanent($"the signature has no {absent}=");
    }

    private static DkimFault? Wrong(VerifierTagList tags, string domain, string[] forms)
    {
        if (tags["v"] != "1")
        {
            return DkimFault.Neutral("the version is not 1");
        }

        var algorithm = tags.Packed("a")?.ToLowerInvariant();
        if (algorithm == "rsa-sha1")
        {
            // RFC 8301 §3.1
            return DkimFault.Permanent("rsa-sha1 is no longer accepted");
        }

        if (algorithm is not ("rsa-sha256" or "ed25519-sha256"))
        {
            return DkimFault.Neutral("the algorithm is not known");
        }

        if (forms.Length > 2 || forms.Any(form => Form(form) is null))
        {
            return DkimFault.Neutral("the canonicalization is not known");
        }

        if (tags.Listed("q") is { } queries && !queries.Contains("dns/txt", StringComparer.Ordinal))
        {
            return DkimFault.Neutral("the key is not in DNS");
        }

        if (!DnsNames.IsDomain(domain) || !DnsNames.CanQuery($"{tags["s"]}._domainkey.{domain}") || !tags["s"]!.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return DkimFault.Permanent("d= or s= is no name");
        }

        return tags["l"] is null ? null : DkimFault.Fail("l= signs a part of the body only; what follows it could be anything");
    }

    private DkimFault? Contents(VerifierTagList tags, string domain)
    {
        if (Signature.Length == 0 || BodyHash.Length == 0)
        {
            return DkimFault.Neutral("b= or bh= is no base64");
        }

        if (SignedHeaders.Count > MaxSignedHeaders || SignedHeaders.Any(name => name.Length == 0))
        {
            return DkimFault.Neutral("h= is no list of names");
        }

        if (!SignedHeaders.Contains("from", StringComparer.Ordinal))
        {
            return DkimFault.Permanent("the From field is not signed");
        }

        return tags["i"] is null || IsIdentity(tags["i"]!, domain) ? null : DkimFault.Permanent("i= is no address within d=");
    }

    // Verifiers read blanks and a second @ in different ways: neither is accepted. Encoded octets stay encoded.
    private static bool IsIdentity(string text, string domain)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at >= 0 && text.IndexOf('@', at + 1) < 0 && text.All(c => c > ' ') && DnsNames.IsWithin(text[(at + 1)..], domain);
    }

    private static DkimFault? Times(VerifierTagList tags, DateTimeOffset now)
    {
        long signed = 0;
        long expires = 0;
        if ((tags["t"] is { } t && !Seconds(t, out signed)) || (tags["x"] is { } x && !Seconds(x, out expires)))
        {
            return DkimFault.Neutral("t= or x= is no time");
        }

        if (tags["t"] is not null && tags["x"] is not null && expires <= signed)
        {
            return DkimFault.Permanent("it expired before it was made");
        }

        if (tags["x"] is not null && expires < now.ToUnixTimeSeconds())
        {
            return DkimFault.Policy("the signature has expired");
        }

        return tags["t"] is not null && signed > (now + Skew).ToUnixTimeSeconds() ? DkimFault.Policy("the signature is from the future") : null;
    }

    // §3.5: up to 12 digits must be taken.
    private static bool Seconds(string text, out long seconds) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && text.Length <= 12;
}
