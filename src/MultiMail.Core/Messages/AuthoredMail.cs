using MultiMail.Core.Node;

namespace MultiMail.Core.Messages;

/// <summary>Reads back what an author wrote, and makes a submission of it again.</summary>
internal static class AuthoredMail
{
    /// <returns>Null for inbound mail, and for mail older than this is kept.</returns>
    public static async Task<Authored?> FindAsync(CoreContext core, Message message, CancellationToken cancellationToken) =>
        message.Direction is Direction.Outbound &&
        await core.Store.AuthoredAsync(message.Account, message.Id, message.Revision, cancellationToken).ConfigureAwait(false) is { } json ? Authored.Parse(json) : null;

    /// <exception cref="RefusalException"><c>not_found</c>: it was not kept.</exception>
    public static async Task<Authored> GetAsync(CoreContext core, Message message, CancellationToken cancellationToken) =>
        await FindAsync(core, message, cancellationToken).ConfigureAwait(false)
        ?? throw new RefusalException(ErrorCodes.NotFound, "What the author of this message wrote is not kept.", "Cancel it and send a new one.");

    /// <summary>The message that it answers, as far as it is still there.</summary>
    public static async Task<Message?> ParentAsync(CoreContext core, Message message, Authored authored, CancellationToken cancellationToken) =>
        authored.Parent is { } parent ? await core.Store.MessageAsync(message.Account, new MessageId(parent), cancellationToken).ConfigureAwait(false) : null;

    /// <summary>The same submission once more.</summary>
    public static async Task<Submission> ToSubmissionAsync(CoreContext core, Message message, Authored authored, CancellationToken cancellationToken)
    {
        var files = new List<SubmittedAttachment>();
        foreach (var file in authored.Files)
        {
            var bytes = await core.Store.RawAsync(message.Account, file.Sha256, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException("An attachment's bytes are gone.");
            files.Add(new SubmittedAttachment(file.FileName, file.ContentType, null) { Content = bytes });
        }

        return authored.Written with { From = authored.Written.From ?? message.FromAddress, Attachments = files, Template = authored.Template };
    }
}
