using MultiMail.Core.Node;

namespace MultiMail.Core.Delivery;

/// <summary>A job's message with its bytes, as the store holds them.</summary>
/// <param name="Head">Null before the first attempt.</param>
/// <param name="Covered">The bytes are the approved ones, and the head is the one that was made for them.</param>
internal sealed record LoadedMessage(
    Message Message, Mailbox Mailbox, byte[] Wire, MessageHead? Head, IReadOnlyList<Recipient> Recipients, bool Covered)
{
    /// <summary>Public id of whoever wrote this revision; null where the revision is gone.</summary>
    public string? Author { get; init; }

    /// <returns>Null when there is nothing to do for this job any more.</returns>
    public static async Task<LoadedMessage?> ReadAsync(CoreContext core, OutboxJob job, CancellationToken cancellationToken)
    {
        var message = await core.Store.MessageAsync(job.Account, job.Message, cancellationToken).ConfigureAwait(false);
        if (message is null || message.Revision != job.Revision || message.State is not (MessageState.Scheduled or MessageState.Queued or MessageState.Sending))
        {
            return null;
        }

        var mailbox = await core.Store.MailboxAsync(job.Account, message.Mailbox, cancellationToken).ConfigureAwait(false);
        if (mailbox is null)
        {
            return null;
        }

        var revision = (await core.Store.RevisionsAsync(job.Account, job.Message, cancellationToken).ConfigureAwait(false)).FirstOrDefault(r => r.Number == job.Revision);
        var wire = await WireAsync(core, message, cancellationToken).ConfigureAwait(false);
        var head = await core.Store.HeadAsync(job.Account, job.Message, job.Revision, cancellationToken).ConfigureAwait(false);
        var recipients = await core.Store.RecipientsOfAsync(job.Account, job.Message, cancellationToken).ConfigureAwait(false);
        var covered = revision is not null && wire is not null && Manifest.Covers(message.Digest, revision, wire)
            && AreNamed(recipients, revision)
            && (head is null || (SentForm.Fits(head, wire) && DeliveryHead.IsOurs(head.Bytes, message)));
        return new LoadedMessage(message, mailbox, wire ?? [], head, recipients, covered) { Author = revision?.Author };
    }

    private static bool AreNamed(IReadOnlyList<Recipient> recipients, Revision revision)
    {
        var named = Manifest.Recipients(revision);
        return recipients.All(r => named.Contains(r.Address));
    }

    private static async Task<byte[]?> WireAsync(CoreContext core, Message message, CancellationToken cancellationToken)
    {
        try
        {
            return await core.Store.RawAsync(message.Account, message.RawSha256, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null; // the stored bytes are not those of their name: the digest check fails, and with it the message
        }
    }
}
