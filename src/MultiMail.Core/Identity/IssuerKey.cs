using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Identity;

/// <summary>A public identity key as an issuer publishes it.</summary>
/// <param name="Kid">RFC 7638 thumbprint, in base64url.</param>
/// <param name="X">Coordinate of the P-256 point in base64url, 32 bytes.</param>
/// <param name="NotBefore">Signs nothing before; null = not said.</param>
/// <param name="NotAfter">Signs nothing after; null = not said.</param>
/// <param name="RevokedAt">From then on its signatures prove nothing by themselves: a thief can date them back.</param>
public sealed record IssuerKey(
    string Kid, string X, string Y, DateTimeOffset? NotBefore = null, DateTimeOffset? NotAfter = null, string? Status = null, DateTimeOffset? RevokedAt = null, string? Reason = null)
{
    /// <exception cref="ArgumentException">A coordinate has not 32 bytes.</exception>
    public static IssuerKey Of(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => x.Length == 32 && y.Length == 32
        ? Of(Base64Url.EncodeToString(x), Base64Url.EncodeToString(y))
        : throw new ArgumentException("A coordinate of P-256 has 32 bytes.", nameof(x));

    public static IssuerKey Of(string x, string y) => new(Thumbprint(x, y), x, y);

    /// <summary>RFC 7638 §3: the SHA-256 of the required members in lexical order.</summary>
    public static string Thumbprint(string x, string y) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));

    /// <summary>Whether this key made this ES256 signature. False also for a point that is not on the curve.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64 || !CanonicalBase64Url.TryDecode(X, out var x) || !CanonicalBase64Url.TryDecode(Y, out var y))
        {
            return false;
        }

        try
        {
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
            return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
