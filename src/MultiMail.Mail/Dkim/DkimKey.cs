using System.Collections.Concurrent;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace MultiMail.Mail;

/// <summary>A private key that signs DKIM. Safe to use from several threads; keep it, importing costs more than a signature.</summary>
public abstract class DkimKey : IDisposable
{
    /// <summary>RFC 8301 §3.2 asks for 1024 at least and recommends 2048; ours is never smaller than that.</summary>
    public const int MinimumRsaBits = 2_048;

    private DkimKey()
    {
    }

    /// <summary>The value of a=: <c>rsa-sha256</c>, or <c>ed25519-sha256</c> (RFC 8463).</summary>
    public abstract string Algorithm { get; }

    /// <summary>The text of the TXT record at <c>selector._domainkey.domain</c> (RFC 6376 §3.6.1).</summary>
    public abstract string PublicRecord { get; }

    /// <exception cref="ArgumentOutOfRangeException">Fewer bits than <see cref="MinimumRsaBits"/>.</exception>
    public static DkimKey CreateRsa(int bits = MinimumRsaBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinimumRsaBits);
        using var rsa = RSA.Create(bits);
        return new RsaKey(rsa.ExportPkcs8PrivateKey());
    }

    public static DkimKey CreateEd25519() => new Ed25519Key(new Ed25519PrivateKeyParameters(new SecureRandom()));

    /// <exception cref="CryptographicException">No PKCS#8 of an RSA key of at least <see cref="MinimumRsaBits"/> bits or of an Ed25519 key.</exception>
    public static DkimKey Import(ReadOnlySpan<byte> pkcs8)
    {
        try
        {
            var bytes = pkcs8.ToArray();
            var info = PrivateKeyInfo.GetInstance(bytes);
            return info.PrivateKeyAlgorithm.Algorithm.Equals(EdECObjectIdentifiers.id_Ed25519)
                ? new Ed25519Key((Ed25519PrivateKeyParameters)PrivateKeyFactory.CreateKey(info))
                : new RsaKey(bytes);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidCastException or InvalidOperationException)
        {
            throw new CryptographicException("These bytes are no PKCS#8 private key.", e);
        }
    }

    /// <summary>The private key as PKCS#8 (RFC 5958). A secret: seal it before it is stored.</summary>
    public abstract byte[] Export();

    /// <summary>Signs the header hash.</summary>
    public abstract byte[] Sign(ReadOnlySpan<byte> sha256);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    private sealed class RsaKey : DkimKey
    {
        private readonly byte[] pkcs8;

        // An RSA object promises nothing to two threads at once; each signature borrows one.
        private readonly ConcurrentBag<RSA> idle = [];

        public RsaKey(byte[] pkcs8)
        {
            this.pkcs8 = pkcs8;
            var rsa = Open();
            if (rsa.KeySize < MinimumRsaBits)
            {
                rsa.Dispose();
                throw new CryptographicException($"An RSA key for DKIM has at least {MinimumRsaBits} bits.");
            }

            PublicRecord = "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
            idle.Add(rsa);
        }

        public override string Algorithm => "rsa-sha256";

        public override string PublicRecord { get; }

        public override byte[] Export() => [.. pkcs8];

        public override byte[] Sign(ReadOnlySpan<byte> sha256)
        {
            var rsa = idle.TryTake(out var free) ? free : Open();
            var signature = rsa.SignHash(sha256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            idle.Add(rsa);
            return signature;
        }

        public override void Dispose()
        {
            while (idle.TryTake(out var rsa))
            {
                rsa.Dispose();
            }

            base.Dispose();
        }

        private RSA Open()
        {
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return rsa;
        }
    }

    private sealed class Ed25519Key(Ed25519PrivateKeyParameters key) : DkimKey
    {
        public override string Algorithm => "ed25519-sha256";

        // RFC 8463 §4: the 32 octets themselves, not a SubjectPublicKeyInfo.
        public override string PublicRecord { get; } = "v=DKIM1; k=ed25519; p=" + Convert.ToBase64String(key.GeneratePublicKey().GetEncoded());

        public override byte[] Export() => PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded();

        // RFC 8463 §3: PureEdDSA over the hash.
        public override byte[] Sign(ReadOnlySpan<byte> sha256)
        {
            var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
            key.Sign(Ed25519.Algorithm.Ed25519, null, sha256.ToArray(), 0, sha256.Length, signature, 0);
            return signature;
        }
    }
}
