using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using System.Security.Cryptography;
using System.Text.Json;

namespace MultiMail.Core.Messages;

/// <summary>Writes drafts: message, author's text, one leaf. Nothing of it is gated, and nothing leaves.</summary>
internal sealed class DraftKeeping(CoreContext core, SubmissionCheck check, Freezing freezing)
{
    private const int Tries = 4;

    /// <param name="before">The draft that is changed; null for a new one.</param>
    public async Task<EditReceipt> KeepAsync(Principal principal, Submission submission, Message? parent, Message? before, CancellationToken cancellationToken)
    {
        var wanted = await check.CheckAsync(principal, submission, parent, cancellationToken, before, draft: true).ConfigureAwait(false);
        if (parent is not null && parent.Mailbox != wanted.Mailbox.Id)
        {
            throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "in_reply_to", "in_reply_to is a message of another mailbox.", "Answer it from the mailbox it came to.")]);
        }

        var outlook = await core.Policy.AssessAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        var passage = new Passage(principal, wanted, LineAct.Edit) { Answer = wanted.IdempotencyKey is { } key ? AnswerKey.Named(key, RequestOf(wanted)) : null };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var draft = await freezing.DraftAsync(principal, wanted, outlook, cancellationToken).ConfigureAwait(false);
                return await CommitAsync(passage, draft, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // the id or the idempotency key was taken in this very moment
            }
        }
    }

    // Not what a send of the same content is known by: the same key for both is a conflict.
    private static byte[] RequestOf(CheckedSubmission wanted) => SHA256.HashData([.. "save_draft "u8, .. wanted.ContentSha256]);

    private async Task<EditReceipt> CommitAsync(Passage passage, NewMessage draft, CancellationToken cancellationToken)
    {
        var principal = passage.Principal;
        var note = core.Transitions.Note(principal.LeafActor);
        foreach (var (sha256, bytes) in draft.Authored?.Files ?? [])
        {
            await core.Store.StoreLargeRawAsync(principal.Account, sha256, bytes, cancellationToken).ConfigureAwait(false);
        }

        return await core.Store.WriteAsync(
            async unit =>
            {
                if (passage.Answer is { } asked && await unit.FindAnswerAsync(principal.Account, principal.PublicId, asked.Key).ConfigureAwait(false) is { } kept)
                {
                    return Replay(kept, asked);
                }

                await core.Policy.LimitKeyAsync(unit, principal).ConfigureAwait(false);
                var before = await passage.StandingAsync(unit).ConfigureAwait(false);
                var mailbox = await unit.FindMailboxAsync(principal.Account, draft.Message.Mailbox).ConfigureAwait(false) ?? throw RefusalException.NotFound("mailbox");
                var actor = principal.ActorFor(draft.Message.SubmitterLineage, draft.Message.World);
                var moved = RefusalCodes.Require(Kernel.Decide(before?.State ?? MessageState.None, new KernelEvent.SaveDraft(actor)));
                passage.RequireUnchanged(before);
                var message = draft.Message with { State = moved.To, ReceivedAt = unit.Now };
                var fresh = draft with { Message = message, Thread = draft.Thread with { FirstAt = unit.Now, LastAt = unit.Now } };
                if (before is null)
                {
                    await core.Transitions.InsertAsync(unit, fresh, moved, mailbox, note).ConfigureAwait(false);
                }
                else
                {
                    await core.Transitions.ReviseAsync(unit, fresh, before.Version, moved, mailbox, note).ConfigureAwait(false);
                }

                var receipt = Receipt(message, mailbox);
                if (passage.Answer is { } answer)
                {
                    var response = JsonSerializer.Serialize(receipt, ReceiptJson.Default.EditReceipt);
                    await unit.KeepAnswerAsync(principal.Account, principal.PublicId, answer.Key, new IdempotentAnswer(answer.Request, response, unit.Now + answer.Life)).ConfigureAwait(false);
                }

                return receipt;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private EditReceipt Receipt(Message message, Mailbox mailbox) => new(
        core.Ids.Format(message.Id), MessageStates.Name(message.State), message.Version, message.Revision, Modes.Name(mailbox.Mode), null, core.Ids.Format(message.Thread));

    private static EditReceipt Replay(IdempotentAnswer kept, AnswerKey asked) =>
        kept.RequestSha256.AsSpan().SequenceEqual(asked.Request)
            ? JsonSerializer.Deserialize(kept.Response, ReceiptJson.Default.EditReceipt)!
            : throw new RefusalException(ErrorCodes.IdempotencyConflict, "This idempotency key was used for another request.");
}
