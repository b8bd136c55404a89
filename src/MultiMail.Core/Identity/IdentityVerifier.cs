using MultiMail.Mail;
using System.Globalization;

namespace MultiMail.Core.Identity;

/// <summary>Checks an identity header against the message it stands in. Pure: bytes and keys in, findings out.</summary>
public static class IdentityVerifier
{
    // Clocks of signer and publisher of keys differ a little.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <param name="message">As received; line ends LF or CRLF.</param>
    public static Verification Verify(ReadOnlyMemory<byte> message, VerificationBasis basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        var findings = Find(RawFields.Split(message), basis);
        return Verification.Of(findings.Parts, findings.Claims);
    }

    internal static IdentityFindings Find(RawFields message, VerificationBasis basis)
    {
        if (!IdentityField.TryRead(message, out var token, out var fault))
        {
            return new IdentityFindings([new("signature", PartResult.Fail, fault)], null, null);
        }

        if (IdentityReading.Parse(token, out fault) is not { } reading)
        {
            return new IdentityFindings([new("signature", PartResult.Fail, $"the token cannot be read: {fault}")], null, null);
        }

        DateTimeOffset? logged = null;
        var inclusion = basis.Proof?.Check(token, out logged);
        var key = basis.Keys.FirstOrDefault(known => known.Kid == reading.Kid);
        var digests = MessageDigests.Of(message);
        List<VerifiedPart> parts = [Signature(reading, key, logged), Header(message, digests, reading.Claims), Body(digests, reading.Claims)];
        if (reading.Claims.RecipientHash is { } hash && basis.Recipient is { } recipient)
        {
            parts.Add(MessageDigests.Recipient(reading.Claims.MessageIdField, recipient) == hash
                ? new VerifiedPart("rcpt", PartResult.Pass)
                : new VerifiedPart("rcpt", PartResult.Fail, "this copy was made for somebody else"));
        }

        if (inclusion is not null)
        {
            parts.Add(inclusion);
        }

        return new IdentityFindings(parts, reading.Claims, key);
    }

    private static VerifiedPart Signature(IdentityReading reading, IssuerKey? key, DateTimeOffset? logged)
    {
        if (key is null)
        {
            return new VerifiedPart("signature", PartResult.Unknown, "no key with its id is known here");
        }

        if (!key.Verifies(reading.Signed, reading.Signature))
        {
            return new VerifiedPart("signature", PartResult.Fail, "the key did not make this signature");
        }

        var at = reading.Claims.IssuedAt;
        if (at < key.NotBefore - Skew || at > key.NotAfter + Skew)
        {
            return new VerifiedPart("signature", PartResult.Fail, "it was signed at a time when the key did not sign");
        }

        // A thief may date back what he signs; only the log says what was there before.
        return key.RevokedAt is { } revoked && !(logged < revoked)
            ? new VerifiedPart("signature", PartResult.Fail, string.Create(
                CultureInfo.InvariantCulture, $"the key was revoked on {revoked.UtcDateTime:yyyy-MM-dd}; only a proof from the log, older than that, makes it good"))
            : new VerifiedPart("signature", PartResult.Pass);
    }

    private static VerifiedPart Header(RawFields message, MessageDigests digests, IdentityClaims claims)
    {
        var ids = message.Named("message-id");
        var id = ids.Count == 1 ? System.Text.Encoding.Latin1.GetString(ids[0].ValueBytes).Trim(' ', '\t', '\r', '\n') : string.Empty;
        if (id != $"<{claims.MessageIdField}>")
        {
            return new VerifiedPart("hh", PartResult.Fail, "it was signed for another Message-ID");
        }

        return digests.Header == claims.HeaderHash
            ? new VerifiedPart("hh", PartResult.Pass)
            : new VerifiedPart("hh", PartResult.Fail, "a signed header field was changed, added or removed");
    }

    private static VerifiedPart Body(MessageDigests digests, IdentityClaims claims) => digests.Body == claims.BodyHash
        ? new VerifiedPart("bh", PartResult.Pass)
        : new VerifiedPart("bh", PartResult.Fail, "the body was changed");
}

/// <summary>What the header alone says, before others add what they know of agent and domain.</summary>
/// <param name="Key">The key it names, when that is known.</param>
internal sealed record IdentityFindings(IReadOnlyList<VerifiedPart> Parts, IdentityClaims? Claims, IssuerKey? Key);
