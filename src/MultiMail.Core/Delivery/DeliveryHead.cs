using MultiMail.Mail;
using System.Security.Cryptography;

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

    // RFC 5322 §3.6.1: the time at which the message was put into its final form, which for held mail is its submission.
    private static string DateField(Message message) =>
        DateTimeField.Format(message.SendAt ?? message.ReceivedAt);
}
