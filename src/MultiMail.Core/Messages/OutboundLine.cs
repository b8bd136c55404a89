using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace MultiMail.Core.Messages;

/// <summary>
/// The one way out: every submission, whatever tool or route it came by, walks this line. Check, assess, compose, freeze,
/// and commit state, hold or outbox, leaf and event in one transaction.
/// </summary>
internal sealed class OutboundLine(CoreContext core, SubmissionCheck check, Commitments commitments)
{
    private const int Tries = 4;
    private static readonly TimeSpan AnswerLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan SameContentWindow = TimeSpan.FromSeconds(60);

    /// <param name="parent">The message that this one answers.</param>
    public async Task<SubmissionReceipt> SubmitAsync(Principal principal, Submission submission, Message? parent, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        MailboxId? mailbox = null;
        try
        {
            var wanted = await check.CheckAsync(principal, submission, parent, cancellationToken).ConfigureAwait(false);
            mailbox = wanted.Mailbox.Id;
            return await CommitWithRetryAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal)
        {
            // A refused attempt is an attempt: it stands in the log with its code.
            await RefusalLeaves.WriteAsync(core, principal, LeafNames.SendBlocked, refusal, mailbox, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SubmissionReceipt> CommitWithRetryAsync(Principal principal, CheckedSubmission wanted, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CommitAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // Another process took the id or the idempotency key in this very moment: compose anew.
            }
        }
    }

    private async Task<SubmissionReceipt> CommitAsync(Principal principal, CheckedSubmission wanted, CancellationToken cancellationToken)
    {
        var frozen = Freeze(principal, wanted);
        var (commit, opening) = await commitments.MakeAsync(frozen.Message, frozen.Raw, wanted.Envelope.Select(r => r.Address.AddrSpec), cancellationToken).ConfigureAwait(false);
        var note = core.Transitions.Note(principal.LeafActor) with { Policy = "gate", Intent = wanted.Intent, Commit = commit };
        var monitored = core.NewId<EventId>();
        var (key, life) = wanted.IdempotencyKey is { } given ? ("k " + given, AnswerLife) : ("c " + Convert.ToHexStringLower(wanted.ContentSha256), SameContentWindow);
        await core.Store.StoreLargeRawAsync(principal.Account, frozen.Message.RawSha256, frozen.Raw, cancellationToken).ConfigureAwait(false);
        return await core.Store.WriteAsync(
            async unit =>
            {
                var answerKey = key;
                while (await unit.FindAnswerAsync(principal.Account, principal.PublicId, answerKey).ConfigureAwait(false) is { } kept)
                {
                    var before = Replay(kept, wanted.ContentSha256);
                    if (wanted.IdempotencyKey is not null || !await IsCancelledAsync(unit, principal.Account, before).ConfigureAwait(false))
                    {
                        return before;
                    }

                    answerKey = $"{key} {before.MessageId}"; // sent again after a cancel is no double click
                }

                var (message, moved, mailbox) = await GateAsync(unit, principal, wanted, frozen.Message).ConfigureAwait(false);
                var fresh = frozen with { Message = message, Thread = frozen.Thread with { FirstAt = unit.Now, LastAt = unit.Now } };
                await core.Transitions.InsertAsync(unit, fresh, moved, mailbox, note).ConfigureAwait(false);
                await unit.KeepOpeningAsync(principal.Account, opening).ConfigureAwait(false);
                if (mailbox.Mode is Mode.Monitored && moved.Leaf is Leaf.SendReleased)
                {
                    await unit.AddEventAsync(core.Events.OfMessage(monitored, EventTypes.Monitored, message, mailbox.Address, unit.Now)).ConfigureAwait(false);
                }

                var receipt = Receipt(message, mailbox);
                var answer = JsonSerializer.Serialize(receipt, ReceiptJson.Default.SubmissionReceipt);
                await unit.KeepAnswerAsync(principal.Account, principal.PublicId, answerKey, new IdempotentAnswer(wanted.ContentSha256, answer, unit.Now + life)).ConfigureAwait(false);
                return receipt;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The decision: mode, pause and limits as this very transaction sees them, and the kernel's word.</summary>
    private async ValueTask<(Message Message, Moved Moved, Mailbox Mailbox)> GateAsync(IWriteUnit unit, Principal principal, CheckedSubmission wanted, Message draft)
    {
        var mailbox = await unit.FindMailboxAsync(principal.Account, wanted.Mailbox.Id).ConfigureAwait(false);
        var account = await unit.FindAccountAsync(principal.Account).ConfigureAwait(false);
        if (mailbox is null or { DeactivatedAt: not null } || account is null)
        {
            throw RefusalException.NotFound("mailbox");
        }

        var facts = Assessment.Gate(mailbox, account, draft.RiskFlags, heldBefore: false, Assessment.TimingOf(wanted.SendAt, unit.Now));
        var moved = RefusalCodes.Require(Kernel.Decide(MessageState.None, new KernelEvent.Submit(principal.ActorFor(principal.Lineage, principal.OwnWorld), facts)));

        // The mailbox's counter holds everybody's mail, held inbound mail too: it says when to count, never whom to refuse.
        if (moved.To is MessageState.Pending && mailbox.Pending >= core.Options.PendingPerMailbox &&
            await unit.CountOpenAsync(principal.Account, mailbox.Id, draft.World, principal.Lineage).ConfigureAwait(false) is var own && own >= core.Options.PendingPerMailbox)
        {
            throw new RefusalException(ErrorCodes.PendingLimit, $"{own} messages that you sent from this mailbox wait for a person already.");
        }

        return (draft with { State = moved.To, ReceivedAt = unit.Now, HeldBefore = moved.To is MessageState.Pending }, moved, mailbox);
    }

    private async ValueTask<bool> IsCancelledAsync(IWriteUnit unit, AccountId account, SubmissionReceipt receipt) =>
        core.Ids.TryParse<MessageId>(receipt.MessageId, out var id) &&
        await unit.FindMessageAsync(account, id).ConfigureAwait(false) is { State: MessageState.Cancelled };

    private SubmissionReceipt Receipt(Message message, Mailbox mailbox) => new(
        core.Ids.Format(message.Id), MessageStates.Name(message.State), Modes.Name(mailbox.Mode),
        message.State is MessageState.Pending ? core.ApprovalUrl(message.Id) : null, core.Ids.Format(message.Thread));

    private static SubmissionReceipt Replay(IdempotentAnswer kept, byte[] content) =>
        kept.RequestSha256.AsSpan().SequenceEqual(content)
            ? JsonSerializer.Deserialize(kept.Response, ReceiptJson.Default.SubmissionReceipt)! with { Deduplicated = true }
            : throw new RefusalException(ErrorCodes.IdempotencyConflict, "This idempotency key was used for another message.");

    /// <summary>From here on the bytes are what they are: nothing is added after the freeze but Date and signatures, by template.</summary>
    private NewMessage Freeze(Principal principal, CheckedSubmission wanted)
    {
        var id = core.NewId<MessageId>();
        var publicId = core.Ids.Format(id);
        var messageIdField = $"{publicId}@{wanted.From.Domain}";
        var composed = Compose(wanted, messageIdField, publicId);
        if (composed.Wire.Length > SubmissionCheck.MaxWireBytes)
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, $"The encoded message has {composed.Wire.Length.ToString(CultureInfo.InvariantCulture)} bytes.");
        }

        var manifest = Manifest.Encode(wanted, messageIdField, composed);
        var digest = SHA256.HashData(manifest);
        var wireSha256 = SHA256.HashData(composed.Wire);
        var thread = ThreadOf(wanted);
        var message = MessageOf(principal, wanted, id, thread.Id, messageIdField, composed, digest, wireSha256);
        var revision = new Revision(id, 1, digest, manifest, wireSha256, principal.PublicId, default);
        var recipients = wanted.Envelope.Select(r => new Recipient(id, r.Kind, r.Address.AddrSpec, RecipientState.Waiting, null, default)).ToList();
        var attachments = composed.Parts.Where(p => p.FileName is not null)
            .Select((p, i) => new Attachment(core.NewId<AttachmentId>(), id, i, p.FileName!, p.ContentType, p.Size, Convert.FromHexString(p.Sha256))).ToList();
        return new NewMessage(message, composed.Wire, revision, recipients, attachments, thread, wanted.Parent is null);
    }

    private static ComposedMessage Compose(CheckedSubmission wanted, string messageIdField, string seed)
    {
        try
        {
            return MessageComposer.Compose(new OutgoingMessage
            {
                From = wanted.From,
                To = wanted.To,
                Cc = wanted.Cc,
                Subject = wanted.Subject,
                Text = wanted.Text,
                Html = wanted.Html,
                Markdown = wanted.Markdown,
                Attachments = wanted.Attachments,
                MessageIdField = messageIdField,
                InReplyTo = ParentIds.Writable(wanted.Parent?.MessageIdField),
                References = wanted.ParentReferences,
                BoundarySeed = seed,
            });
        }
        catch (MailFormatException format)
        {
            throw RefusalException.For([.. format.Faults.Select(f => new Violation(ErrorCodes.InvalidParameter, f.Field, f.Message, f.Fix))]);
        }
    }

    private MailThread ThreadOf(CheckedSubmission wanted) => wanted.Parent is { } parent
        ? new MailThread(parent.Thread, parent.Account, parent.Mailbox, parent.Subject, default, default, 0, 0)
        : new MailThread(core.NewId<ThreadId>(), wanted.Mailbox.Account, wanted.Mailbox.Id, wanted.Subject, default, default, 0, 0);

    private static Message MessageOf(
        Principal principal, CheckedSubmission wanted, MessageId id, ThreadId thread, string messageIdField, ComposedMessage composed, byte[] digest, byte[] wireSha256) => new()
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
        Category = wanted.Category,
        RiskFlags = string.Join(',', Assessment.RiskFlags(wanted.Envelope.Count, wanted.AnswersAutomatic)),
    };
}
