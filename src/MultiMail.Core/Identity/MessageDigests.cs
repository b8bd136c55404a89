using MultiMail.Mail;
using System.Buffers.Text;
using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Identity;

/// <summary>What an identity header binds of a message: digests that survive what relays do to blanks, folds and the case of names.</summary>
/// <param name="Header"><c>hh</c></param>
/// <param name="Body"><c>bh</c>: the DKIM bh= in base64url.</param>
internal sealed record MessageDigests(string Header, string Body)
{
    /// <summary><c>hn</c>: the list of fields below.</summary>
    public const int ListVersion = 1;

    private static readonly string[] Fields =
    [
        "from", "to", "cc", "reply-to", "sender", "subject", "date", "message-id", "in-reply-to", "references", "content-type", "auto-submitted", "list-unsubscribe",
    ];

    public static MessageDigests Of(RawFields message)
    {
        var header = new ArrayBufferWriter<byte>(2_048);
        foreach (var field in Fields.SelectMany(name => message.Named(name).Reverse()))
        {
            Canonical.WriteField(header, field.Bytes.Span, Canonicalization.Relaxed);
        }

        return new MessageDigests(
            Base64Url.EncodeToString(SHA256.HashData(header.WrittenSpan)),
            Base64Url.EncodeToString(Canonical.BodyHash(message.Body.Span, Canonicalization.Relaxed)));
    }

    /// <summary><c>rh</c>: the copy of one recipient, so that it cannot pass as one that was sent to somebody else.</summary>
    public static string Recipient(string messageIdField, string recipient) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"mm-rcpt-v1\0{messageIdField}\0{recipient.ToLowerInvariant()}")));
}
