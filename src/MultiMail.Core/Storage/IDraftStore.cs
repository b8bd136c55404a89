namespace MultiMail.Core.Storage;

/// <summary>Reads of drafts, edits and their sources.</summary>
public interface IDraftReads
{
    /// <summary>What the author of a message's newest form wrote: of the draft, else of this revision. Null when it was not kept.</summary>
    ValueTask<byte[]?> AuthoredAsync(AccountId account, MessageId message, int revision, CancellationToken cancellationToken);

    ValueTask<Attachment?> AttachmentAsync(AccountId account, AttachmentId id, CancellationToken cancellationToken);
}

/// <summary>Writes of drafts, edits and their sources.</summary>
public interface IDraftWrites
{
    /// <summary>
    /// Replaces an outbound message's content and carries a transition out: columns, recipients, attachments, and with a revision also
    /// bytes and digest. Mailbox, world, submitter's lineage, thread, folder, tags and Message-ID stay.
    /// </summary>
    /// <param name="next">As it is to be. Without a revision it is a draft: the last frozen form stays what it was.</param>
    /// <returns>False when the message is not at <paramref name="expectedVersion"/> any more; then nothing was written.</returns>
    ValueTask<bool> ReviseAsync(NewMessage next, int expectedVersion, Moved moved);

    /// <summary>Who froze this revision of the message; null when there is none.</summary>
    ValueTask<string?> FindAuthorAsync(AccountId account, MessageId message, int revision);
}
