using MultiMail.Mail;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Inbound;

/// <summary>
/// What makes a mail that comes again the same mail: sender and all its octets, the Message-ID among them, before anything of ours
/// stands in front. A server whose connection broke behind the final dot sends exactly that again (RFC 5321 §4.5.3.2.6).
/// </summary>
internal sealed class SmtpMailKey
{
    private const int IdBytes = 12;

    private readonly byte[] _hash;

    public SmtpMailKey(InboundEnvelope envelope, ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(envelope.ReturnPath));
        hash.AppendData("\n"u8);
        hash.AppendData(message);
        _hash = hash.GetHashAndReset();
    }

    /// <summary>Our id of the mail, whoever gets it: in the 250, in Received.</summary>
    public string Id => Convert.ToHexStringLower(_hash.AsSpan(0, IdBytes));

    /// <summary>The dedupe key of one recipient's copy: also when the mail comes again for some of its recipients only.</summary>
    public string Of(string recipient) =>
        $"smtp {Convert.ToHexStringLower(SHA256.HashData([.. _hash, .. Encoding.UTF8.GetBytes(recipient.ToLowerInvariant())]))}";
}
