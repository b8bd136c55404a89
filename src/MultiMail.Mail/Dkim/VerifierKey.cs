using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using System.Security.Cryptography;

namespace MultiMail.Mail;

/// <summary>A key record (RFC 6376 §3.6.1) and the public key in it.</summary>
internal sealed class VerifierKey
{
    private const int LeastBits = 1_024;
    private const int MostBits = 8_192;
    private const int Ed25519Length = 32;

    private readonly byte[] octets;

    private VerifierKey(byte[] octets, bool testing)
    {
        this.octets = octets;
        Testing = testing;
    }

    /// <summary>t=y</summary>
    public bool Testing { get; }

    /// <param name="fault">Why it may not be used for this signature (§6.1.2).</param>
    public static VerifierKey? Parse(string record, VerifiedSignature signature, out DkimFault? fault)
    {
        if (!VerifierTagList.TryParse(record, out var tags))
        {
            fault = DkimFault.Permanent("the key record is no list of tags");
            return null;
        }

        var flags = tags.Listed("t") ?? [];
        var key = tags.Octets("p");
        fault = Wrong(tags, signature, flags, key);
        return fault is null ? new VerifierKey(key!, flags.Contains("y", StringComparer.Ordinal)) : null; // Wrong looked at it
    }

    /// <summary>Null = the signature is right.</summary>
    public DkimFault? Verify(VerifiedSignature signature, byte[] headerHash)
    {
        try
        {
            return signature.Algorithm == "ed25519-sha256" ? Ed25519(signature, headerHash) : Rsa(signature, headerHash);
        }
        catch (CryptographicException)
        {
            return DkimFault.Permanent("the key cannot be used");
        }
        catch (ArgumentException)
        {
            return DkimFault.Permanent("the key cannot be used");
        }
    }

    private static DkimFault? Wrong(VerifierTagList tags, VerifiedSignature signature, IReadOnlyList<string> flags, byte[]? key)
    {
        if (tags["v"] is { } version && (version != "DKIM1" || tags.First != "v"))
        {
            return DkimFault.Permanent("the key record is not of version DKIM1");
        }

        if (tags["p"] is null or "")
        {
            return DkimFault.Permanent(tags["p"] is null ? "the key record has no key" : "the key is revoked");
        }

        if (tags.Listed("h") is { } hashes && !hashes.Contains("sha256", StringComparer.Ordinal))
        {
            return DkimFault.Permanent("the key is not for sha256");
        }

        var kind = tags.Packed("k")?.ToLowerInvariant() ?? "rsa";
        if (!signature.Algorithm.StartsWith(kind + "-", StringComparison.Ordinal))
        {
            return DkimFault.Permanent("the key is of another algorithm");
        }

        if (tags.Listed("s") is { } services && !services.Contains("*", StringComparer.Ordinal) && !services.Contains("email", StringComparer.Ordinal))
        {
            return DkimFault.Permanent("the key is not for mail");
        }

        if (flags.Contains("s", StringComparer.Ordinal) && !DnsNames.Same(signature.IdentityDomain, signature.Domain))
        {
            return DkimFault.Permanent("the key does not speak for subdomains");
        }

        return key is null ? DkimFault.Permanent("the key is no base64") : null;
    }

    private DkimFault? Rsa(VerifiedSignature signature, byte[] hash)
    {
        using var rsa = RSA.Create();
        Import(rsa);
        if (rsa.KeySize < LeastBits)
        {
            // RFC 8301 §3.2
            return DkimFault.Policy($"the key has only {rsa.KeySize} bits");
        }

        if (rsa.KeySize > MostBits)
        {
            return DkimFault.Policy($"the key has more than {MostBits} bits");
        }

        return rsa.VerifyHash(hash, signature.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? null : DkimFault.Fail("the signature does not fit");
    }

    // §3.6.1 says RSAPublicKey, its own examples and everyone publish SubjectPublicKeyInfo.
    private void Import(RSA rsa)
    {
        try
        {
            rsa.ImportSubjectPublicKeyInfo(octets, out _);
        }
        catch (CryptographicException)
        {
            rsa.ImportRSAPublicKey(octets, out _);
        }
    }

    // RFC 8463 §3: the hash itself is what Ed25519 signs.
    private DkimFault? Ed25519(VerifiedSignature signature, byte[] hash)
    {
        if (octets.Length != Ed25519Length)
        {
            return DkimFault.Permanent("the key is no Ed25519 key");
        }

        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(octets));
        verifier.BlockUpdate(hash, 0, hash.Length);
        return verifier.VerifySignature(signature.Signature) ? null : DkimFault.Fail("the signature does not fit");
    }
}
