using MultiMail.Mail;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Delivery;

/// <summary>Makes the head of a message that leaves for the first time.</summary>
internal sealed class DeliveryHead(IHeadMaker signer)
{
    public async ValueTask<MessageHead> MakeAsync(Message message, Mailbox mailbox, byte[] wire, MailRoute? route, CancellationToken cancellationToken)
    {
        var dated = FrozenForm.Prepend(wire, [("Date", DateField(message))]);
        var fields = await signer.FieldsAsync(new HeadRequest(message, mailbox, dated, route), cancellationToken).ConfigureAwait(false);
        var sent = FrozenForm.Prepend(dated, fields);
        return new MessageHead(message.Id, message.Revision, sent[..^wire.Length], SHA256.HashData(sent), default);
    }

    /// <summary>
    /// Whether a kept head is what <see cref="MakeAsync"/> makes: signatures, and the Date. No approval names its bytes, so it must
    /// not be a place where a stored message could be given another field, or a body in front of the approved one.
    /// </summary>
    public static bool IsOurs(ReadOnlyMemory<byte> head, Message message)
    {
        var fields = RawFields.Split(head).Fields;
        return fields.Sum(field => field.Bytes.Length) == head.Length
            && fields is [.., var date]
            && date.Bytes.Span.SequenceEqual(Encoding.ASCII.GetBytes($"Date: {DateField(message)}\r\n"))
            && fields.SkipLast(1).All(field => (field.Is(IdentityField.Name) || field.Is(DkimSigner.FieldName)) && !HasBlankLine(field.Bytes.Span));
    }

    // Some readers take a line of blanks for the end of the header.
    private static bool HasBlankLine(ReadOnlySpan<byte> field)
    {
        foreach (var line in field[..^1].Split((byte)'\n'))
        {
            if (field[line].Trim(" \t\r"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    // RFC 5322 §3.6.1: the time at which the message was put into its final form, which for held mail is its submission.
    private static string DateField(Message message) =>
        DateTimeField.Format(message.SendAt ?? message.ReceivedAt);
}
