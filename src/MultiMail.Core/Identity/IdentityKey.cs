using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MultiMail.Core.Identity;

/// <summary>The ECDSA P-256 key that signs an account's identity headers. Safe to use from several threads; keep it.</summary>
public sealed class IdentityKey : IDisposable
{
    private readonly byte[] _pkcs8;

    // An ECDsa object promises nothing to two threads at once; each signature borrows one.
    private readonly ConcurrentBag<ECDsa> _idle = [];

    private IdentityKey(byte[] pkcs8)
    {
        _pkcs8 = pkcs8;
        var ecdsa = Open();
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        Public = ecdsa.KeySize == 256
            ? IssuerKey.Of(point.X!, point.Y!) // Both are there: the parameters were just exported.
            : throw new CryptographicException("An identity key is on the curve P-256.");
        _idle.Add(ecdsa);
    }

    public IssuerKey Public { get; }

    public static IdentityKey Create()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new IdentityKey(ecdsa.ExportPkcs8PrivateKey());
    }

    /// <exception cref="CryptographicException">No PKCS#8 of a P-256 key.</exception>
    public static IdentityKey Import(ReadOnlySpan<byte> pkcs8) => new(pkcs8.ToArray());

    /// <summary>A secret: seal it before it is stored.</summary>
    public byte[] Export() => [.. _pkcs8];

    /// <summary>The 64 bytes of ES256 (RFC 7518 §3.4): r and s side by side, never DER.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var ecdsa = _idle.TryTake(out var free) ? free : Open();
        var signature = ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _idle.Add(ecdsa);
        return signature;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var ecdsa))
        {
            ecdsa.Dispose();
        }
    }

    private ECDsa Open()
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(_pkcs8, out _);
        return ecdsa;
    }
}
