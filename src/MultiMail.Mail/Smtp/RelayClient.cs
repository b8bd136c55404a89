using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace MultiMail.Mail;

/// <summary>MailKit's SMTP client, made to send bytes as they are and to note each recipient's own answer.</summary>
internal sealed class RelayClient(Secrets secrets) : SmtpClient
{
    /// <summary>The mail under way; null between mails.</summary>
    public RelayTransaction? Current { get; set; }

    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.International = false;
    }

    protected override long GetSize(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) => ((FrozenMessage)message).Size;

    protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
        Task.FromResult(GetSize(options, message, cancellationToken));

    protected override string? GetEnvelopeId(MimeMessage message) => Current?.EnvelopeId;

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MimeKit.MailboxAddress mailbox) =>
        Current is { WantsNotices: true } ? DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay : null;

    protected override void OnSenderAccepted(MimeMessage message, MimeKit.MailboxAddress mailbox, SmtpResponse response) => Current!.Answered = true;

    protected override void OnSenderNotAccepted(MimeMessage message, MimeKit.MailboxAddress mailbox, SmtpResponse response)
    {
        Current!.SenderReply = Reply(response);
        base.OnSenderNotAccepted(message, mailbox, response);
    }

    /// <summary>The base would throw and leave the other recipients without an answer.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MimeKit.MailboxAddress mailbox, SmtpResponse response)
    {
        var reply = Reply(response).ForRecipient();
        if (reply.IsClosing)
        {
            throw new RelayClosingException(reply);
        }

        if (Current is { SenderReply: null } current)
        {
            current.Answered = true;
            current.Refuse(mailbox, reply);
        }
    }

    private RelayReply Reply(SmtpResponse response) => RelayReply.Of(response.StatusCode, response.Response, secrets);
}

/// <summary>421 to a recipient: what follows would be said to nobody.</summary>
internal sealed class RelayClosingException(RelayReply reply) : Exception(reply.Text)
{
    public RelayReply Reply => reply;
}
