using MultiMail.Core.Compliance;
using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Node;
using MultiMail.Core.Policy;
using MultiMail.Mail;
using System.Globalization;
using System.Security.Cryptography;

namespace MultiMail.Core.Messages;

/// <summary>Writes a submission down for good: composes it, checks the bytes, and makes manifest and digest.</summary>
internal sealed class Freezing(CoreContext core, Composition composition)
{
    /// <summary>From here on the bytes are what they are: nothing is added after the freeze but Date and signatures, by template.</summary>
    public async Task<NewMessage> FreezeAsync(Principal principal, CheckedSubmission wanted, Outlook outlook, bool reviewed, CancellationToken cancellationToken)
    {
        var form = await composition.MakeAsync(principal, wanted, reviewed, cancellationToken).ConfigureAwait(false);
        var id = core.NewId<MessageId>();
        var publicId = core.Ids.Format(id);
        var messageIdField = $"{publicId}@{wanted.From.Domain}";
        var composed = Compose(wanted, form, messageIdField, publicId);
        if (composed.Wire.Length > SubmissionCheck.MaxWireBytes)
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, $"The encoded message has {composed.Wire.Length.ToString(CultureInfo.InvariantCulture)} bytes.");
        }

        if (DisclosureCheck.Violations(MessageReader.Read(composed.Wire), form.Disclosure) is { Count: > 0 } violations)
        {
            throw RefusalException.For(violations);
        }

        var manifest = Manifest.Encode(wanted, form.Category, messageIdField, composed);
        var digest = SHA256.HashData(manifest);
        var wireSha256 = SHA256.HashData(composed.Wire);
        var thread = ThreadOf(wanted);
        var message = MessageOf(principal, wanted, form, outlook, id, thread.Id, messageIdField, composed, digest, wireSha256);
        var revision = new Revision(id, 1, digest, manifest, wireSha256, principal.PublicId, default);
        var recipients = wanted.Envelope.Select(r => new Recipient(id, r.Kind, r.Address.AddrSpec, RecipientState.Waiting, null, default)).ToList();
        var attachments = composed.Parts.Where(p => p.FileName is not null)
            .Select((p, i) => new Attachment(core.NewId<AttachmentId>(), id, i, p.FileName!, p.ContentType, p.Size, Convert.FromHexString(p.Sha256))).ToList();
        return new NewMessage(message, composed.Wire, revision, recipients, attachments, thread, wanted.Parent is null);
    }

    private static ComposedMessage Compose(CheckedSubmission wanted, OutgoingForm form, string messageIdField, string seed)
    {
        try
        {
            return MessageComposer.Compose(new OutgoingMessage
            {
                From = wanted.From,
                To = wanted.To,
                Cc = wanted.Cc,
                Subject = wanted.Subject,
                Text = form.Text,
                Html = form.Html,
                Attachments = wanted.Attachments,
                ReplyTo = form.ReplyTo,
                ExtraHeaders = form.Headers,
                MessageIdField = messageIdField,
                InReplyTo = ParentIds.Writable(wanted.Parent?.MessageIdField),
                References = wanted.ParentReferences,
                BoundarySeed = seed,
            });
        }
        catch (MailFormatException format)
        {
            throw FormatFaults.Refusal(format);
        }
    }

    private MailThread ThreadOf(CheckedSubmission wanted) => wanted.Parent is { } parent
        ? new MailThread(parent.Thread, parent.Account, parent.Mailbox, parent.Subject, default, default, 0, 0)
        : new MailThread(core.NewId<ThreadId>(), wanted.Mailbox.Account, wanted.Mailbox.Id, wanted.Subject, default, default, 0, 0);

    private static Message MessageOf(
        Principal principal, CheckedSubmission wanted, OutgoingForm form, Outlook outlook, MessageId id, ThreadId thread, string messageIdField, ComposedMessage composed, byte[] digest, byte[] wireSha256) => new()
    {
        Id = id,
        Account = principal.Account,
        Mailbox = wanted.Mailbox.Id,
        Thread = thread,
        Direction = Direction.Outbound,
        World = principal.OwnWorld,
        State = MessageState.None,
        Folder = Folder.Sent,
        Digest = digest,
        RawSha256 = wireSha256,
        DedupeKey = id.Value.ToString(CultureInfo.InvariantCulture),
        MessageIdField = messageIdField,
        InReplyTo = ParentIds.Writable(wanted.Parent?.MessageIdField),
        FromAddress = wanted.From.AddrSpec,
        FromName = wanted.From.DisplayName,
        To = [.. wanted.To.Select(a => a.AddrSpec)],
        Cc = [.. wanted.Cc.Select(a => a.AddrSpec)],
        Bcc = [.. wanted.Bcc.Select(a => a.AddrSpec)],
        Subject = wanted.Subject,
        Snippet = Snippets.Of(composed.TextBody),
        BodyText = composed.TextBody,
        ReceivedAt = default,
        SendAt = wanted.SendAt,
        Size = composed.Wire.Length,
        AttachmentCount = composed.Parts.Count(p => p.FileName is not null),
        SubmittedBy = principal.PublicId,
        SubmitterLineage = principal.Lineage,
        Category = form.Category,
        Basis = wanted.TransactionalBasis,
        Tainted = outlook.Tainted,
        RiskFlags = string.Join(',', outlook.RiskFlags),
    };
}
