using MultiMail.Core.Compliance;
using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Node;
using MultiMail.Mail;
using System.Globalization;
using System.Security.Cryptography;

namespace MultiMail.Core.Messages;

/// <summary>Writes a submission down for good: composes it, checks the bytes, and makes manifest and digest.</summary>
internal sealed class Freezing(CoreContext core, Composition composition)
{
    /// <summary>From here on the bytes are what they are: nothing is added after the freeze but Date and signatures, by template.</summary>
    public async Task<NewMessage> FreezeAsync(Principal principal, Account account, CheckedSubmission wanted, Outlook outlook, bool reviewed, CancellationToken cancellationToken)
    {
        var form = await composition.MakeAsync(principal, account, wanted, reviewed, cancellationToken).ConfigureAwait(false);
        var before = wanted.Before;
        var id = before?.Id ?? core.NewId<MessageId>();
        var publicId = core.Ids.Format(id);

        // Every revision has the first one's Message-ID: bytes that were replaced never left, so no two messages share it.
        var messageIdField = before?.MessageIdField ?? $"{publicId}@{wanted.From.Domain}";
        var composed = Compose(wanted, form, messageIdField, publicId);
        CheckSize(composed);
        var read = MessageReader.Read(composed.Wire);
        var checks = await core.Compliance.CheckAsync(wanted, form, composed, read, DisclosureCheck.Violations(read, form.Disclosure), cancellationToken).ConfigureAwait(false);
        var manifest = Manifest.Encode(wanted, form.Category, messageIdField, composed);
        var digest = SHA256.HashData(manifest);
        var wireSha256 = SHA256.HashData(composed.Wire);
        var thread = ThreadOf(wanted);
        var message = MessageOf(principal, wanted, form, outlook, id, thread.Id, messageIdField, composed) with
        {
            Revision = (before?.Revision ?? 0) + 1,
            Digest = digest,
            RawSha256 = wireSha256,
            Size = composed.Wire.Length,
        };
        var revision = new Revision(id, message.Revision, digest, manifest, wireSha256, principal.PublicId, default);
        var whole = await WholeAsync(wanted, outlook, message, composed, revision, thread, cancellationToken).ConfigureAwait(false);
        return whole with { Checks = checks };
    }

    /// <summary>A draft as it is kept: written once to see that it can be, but not frozen; nobody is asked to approve it.</summary>
    public async Task<NewMessage> DraftAsync(Principal principal, CheckedSubmission wanted, Outlook outlook, CancellationToken cancellationToken)
    {
        var bodies = Bodies.Of(wanted, [], null);
        var form = new OutgoingForm(bodies.Text, bodies.Html, [], [], Categories.Effective(wanted), wanted.IsInternal, DisclosureExpectation.None);
        var before = wanted.Before;
        var id = before?.Id ?? core.NewId<MessageId>();
        var messageIdField = before?.MessageIdField ?? $"{core.Ids.Format(id)}@{wanted.From.Domain}";
        var composed = Compose(wanted, form, messageIdField, "draft");
        CheckSize(composed);
        var thread = ThreadOf(wanted);
        var message = MessageOf(principal, wanted, form, outlook, id, thread.Id, messageIdField, composed) with
        {
            Revision = before?.Revision ?? 0,
            Digest = before?.Digest ?? [],
            RawSha256 = before?.RawSha256 ?? [],
            Size = composed.Wire.Length,
        };
        return await WholeAsync(wanted, outlook, message, composed, revision: null, thread, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckSize(ComposedMessage composed)
    {
        if (composed.Wire.Length > SubmissionCheck.MaxWireBytes)
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, $"The encoded message has {composed.Wire.Length.ToString(CultureInfo.InvariantCulture)} bytes.");
        }
    }

    private async Task<NewMessage> WholeAsync(
        CheckedSubmission wanted, Outlook outlook, Message message, ComposedMessage composed, Revision? revision, MailThread thread, CancellationToken cancellationToken)
    {
        var recipients = wanted.Envelope.Select(r => new Recipient(message.Id, r.Kind, r.Address.AddrSpec, RecipientState.Waiting, null, default)).ToList();
        var earlier = wanted.Before is null ? [] : (await core.Store.AttachmentsAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false)).ToList();
        var attachments = composed.Parts.Where(p => p.FileName is not null).Select((p, i) => AttachmentOf(message.Id, p, i, earlier)).ToList();
        return new NewMessage(message, revision is null ? [] : composed.Wire, revision, recipients, attachments, thread, wanted.Parent is null)
        {
            Authored = wanted.Authored.Keep(wanted.Attachments),
            TaintedBy = outlook.TaintedBy,
            Content = outlook.Content,
        };
    }

    // A file that stays keeps its id: whoever was told of it can still name it.
    private Attachment AttachmentOf(MessageId message, ComposedPart part, int index, List<Attachment> earlier)
    {
        var sha256 = Convert.FromHexString(part.Sha256);
        var same = earlier.Find(a => a.Sha256.AsSpan().SequenceEqual(sha256) && a.FileName == part.FileName);
        if (same is not null)
        {
            earlier.Remove(same);
        }

        return new Attachment(same?.Id ?? core.NewId<AttachmentId>(), message, index, part.FileName!, part.ContentType, part.Size, sha256);
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
                Language = form.Language,
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

    private MailThread ThreadOf(CheckedSubmission wanted) => wanted is { Before: { } before }
        ? new MailThread(before.Thread, before.Account, before.Mailbox, wanted.Subject, default, default, 0, 0)
        : wanted.Parent is { } parent ? new MailThread(parent.Thread, parent.Account, parent.Mailbox, parent.Subject, default, default, 0, 0)
        : new MailThread(core.NewId<ThreadId>(), wanted.Mailbox.Account, wanted.Mailbox.Id, wanted.Subject, default, default, 0, 0);

    private static Message MessageOf(
        Principal principal, CheckedSubmission wanted, OutgoingForm form, Outlook outlook, MessageId id, ThreadId thread, string messageIdField, ComposedMessage composed) => new()
    {
        Id = id,
        Account = principal.Account,
        Mailbox = wanted.Mailbox.Id,
        Thread = thread,
        Direction = Direction.Outbound,
        World = wanted.Before?.World ?? principal.OwnWorld,
        State = MessageState.None,
        Version = (wanted.Before?.Version ?? 0) + 1,
        Folder = wanted.Before?.Folder ?? Folder.Sent,
        HeldBefore = wanted.Before?.HeldBefore ?? false,
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
        ReceivedAt = wanted.Before?.ReceivedAt ?? default,
        SendAt = wanted.SendAt,
        AttachmentCount = composed.Parts.Count(p => p.FileName is not null),

        // What an agent wrote stays the agent's mail, whoever changed or submitted it: the revision names that person.
        SubmittedBy = wanted.Before is { } before && before.SubmitterLineage != principal.Lineage ? before.SubmittedBy : principal.PublicId,
        SubmitterLineage = wanted.Before?.SubmitterLineage ?? principal.Lineage,
        Category = form.Category,
        Basis = wanted.TransactionalBasis,
        Tainted = outlook.Tainted || wanted.Before is { Tainted: true },
        RiskFlags = string.Join(',', outlook.RiskFlags),
    };
}
