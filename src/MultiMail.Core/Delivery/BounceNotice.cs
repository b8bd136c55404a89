using System.Text;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>
/// Tells a mailbox that one of its messages was given up: a delivery status notification (RFC 3464) of our own. It enters the
/// mailbox directly and never leaves the server, so nothing can bounce it.
/// </summary>
internal static class BounceNotice
{
    private const int MaxHead = 16_384;
    private const int MaxDetail = 500; // RFC 5322 §2.1.1: with its label below 998

    public static byte[] Write(LoadedMessage load, string messageId, IReadOnlyList<Recipient> gaveUp, DateTimeOffset now)
    {
        var sender = load.Message.FromAddress;
        var domain = AddrSpecs.DomainOf(sender);
        var boundary = $"=_notice_{messageId}";
        var text = new StringBuilder()
            .Append("From: Mail delivery <postmaster@").Append(domain).Append(">\r\n")
            .Append("To: ").Append(sender).Append("\r\n")
            .Append("Subject: Undelivered: the retries for your message are over\r\n")
            .Append("Date: ").Append(DateTimeField.Format(now)).Append("\r\n")
            .Append("Message-ID: <notice.").Append(messageId).Append('@').Append(domain).Append(">\r\n")
            .Append("In-Reply-To: <").Append(load.Message.MessageIdField).Append(">\r\n")
            .Append("References: <").Append(load.Message.MessageIdField).Append(">\r\n")
            .Append("Auto-Submitted: auto-replied\r\n")
            .Append("MIME-Version: 1.0\r\n")
            .Append("Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"").Append(boundary).Append("\"\r\n\r\n");
        Part(text, boundary, "text/plain; charset=us-ascii").Append("These recipients could not be reached within five days. Nothing more is tried.\r\n\r\n");
        foreach (var recipient in gaveUp)
        {
            text.Append(recipient.Address).Append("\r\n    ").Append(AsciiLine.Of(recipient.Detail ?? string.Empty, MaxDetail)).Append("\r\n");
        }

        Part(text, boundary, "message/delivery-status")
            .Append("Reporting-MTA: dns; ").Append(domain).Append("\r\nOriginal-Envelope-Id: ").Append(messageId).Append("\r\n");
        foreach (var recipient in gaveUp)
        {
            text.Append("\r\nFinal-Recipient: rfc822; ").Append(recipient.Address)
                .Append("\r\nAction: failed\r\nStatus: ").Append(recipient.Code)
                .Append("\r\nDiagnostic-Code: smtp; ").Append(AsciiLine.Of(recipient.Detail ?? string.Empty, MaxDetail)).Append("\r\n");
        }

        Part(text, boundary, "text/rfc822-headers").Append(Head(load.Wire));
        return Encoding.ASCII.GetBytes(text.Append("\r\n--").Append(boundary).Append("--\r\n").ToString());
    }

    private static StringBuilder Part(StringBuilder text, string boundary, string type) =>
        text.Append("\r\n--").Append(boundary).Append("\r\nContent-Type: ").Append(type).Append("\r\n\r\n");

    /// <summary>The header of the frozen form, which is 7-bit.</summary>
    private static string Head(byte[] wire)
    {
        var end = wire.AsSpan().IndexOf("\r\n\r\n"u8);
        return Encoding.ASCII.GetString(wire, 0, Math.Min(end < 0 ? wire.Length : end + 2, MaxHead));
    }
}
