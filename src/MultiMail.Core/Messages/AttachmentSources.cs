using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Messages;

/// <summary>Files that a submission names by id instead of carrying them: those of a message that the caller may read.</summary>
internal sealed class AttachmentSources(CoreContext core)
{
    /// <returns>The same attachments; each that names an id has the file's bytes, and its name and type unless others are given.</returns>
    public async Task<IReadOnlyList<SubmittedAttachment>> ResolveAsync(
        Principal principal, IReadOnlyList<SubmittedAttachment> given, Faults faults, CancellationToken cancellationToken)
    {
        if (!given.Any(a => a.AttachmentId is not null))
        {
            return given;
        }

        var all = new List<SubmittedAttachment>();
        foreach (var (one, index) in given.Select((a, i) => (a, i)))
        {
            all.Add(one.AttachmentId is null ? one : await FindAsync(principal, one, index, faults, cancellationToken).ConfigureAwait(false));
        }

        return all;
    }

    private async Task<SubmittedAttachment> FindAsync(
        Principal principal, SubmittedAttachment one, int index, Faults faults, CancellationToken cancellationToken)
    {
        if (one.ContentBase64 is not null)
        {
            faults.Invalid($"attachments[{index}]", "The attachment has both content_base64 and attachment_id.", "Give one of them.");
            return one;
        }

        if (await FileAsync(principal, one.AttachmentId, cancellationToken).ConfigureAwait(false) is not var (file, content))
        {
            faults.Add(ErrorCodes.NotFound, $"attachments[{index}].attachment_id", "There is no attachment of this id that you may read.", "Take an attachment_id from a message that you can read.");
            return one with { Content = ReadOnlyMemory<byte>.Empty, Filename = one.Filename ?? "missing" };
        }

        return one with { Filename = one.Filename ?? file.FileName, ContentType = one.ContentType ?? file.ContentType, Content = content };
    }

    private async Task<(Attachment File, ReadOnlyMemory<byte> Content)?> FileAsync(Principal principal, string? text, CancellationToken cancellationToken)
    {
        if (!core.Ids.TryParse<AttachmentId>(text, out var id) ||
            await core.Store.AttachmentAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) is not { } file ||
            await core.Store.MessageAsync(principal.Account, file.Message, cancellationToken).ConfigureAwait(false) is not { } message ||
            !Visibility.Shows(principal, message) || !MayRead(principal, message))
        {
            return null;
        }

        await core.Reads.NoteAsync(principal, message, cancellationToken).ConfigureAwait(false);

        // A file that was sent is kept by itself; one that came lies in the message it came in.
        var content = message.Direction is Direction.Outbound
            ? await SentAsync(message, file, cancellationToken).ConfigureAwait(false)
            : await ReceivedAsync(message, file, cancellationToken).ConfigureAwait(false);
        return content is { } bytes ? (file, bytes) : null;
    }

    // A key that only sends knows its own files, and those alone.
    private static bool MayRead(Principal principal, Message message) =>
        principal.Kind is PrincipalKind.Human || principal.Has(Scopes.Read) || message.SubmitterLineage == principal.Lineage;

    private async Task<ReadOnlyMemory<byte>?> SentAsync(Message message, Attachment file, CancellationToken cancellationToken)
    {
        var authored = await AuthoredMail.FindAsync(core, message, cancellationToken).ConfigureAwait(false);
        return authored?.Files.ElementAtOrDefault(file.Part) is { } one &&
            await core.Store.RawAsync(message.Account, one.Sha256, cancellationToken).ConfigureAwait(false) is { } bytes ? bytes : null;
    }

    private async Task<ReadOnlyMemory<byte>?> ReceivedAsync(Message message, Attachment file, CancellationToken cancellationToken) =>
        await core.Store.RawAsync(message.Account, message.RawSha256, cancellationToken).ConfigureAwait(false) is { } raw
            ? MessageReader.Read(raw).Attachments.FirstOrDefault(a => a.PartIndex == file.Part)?.Decode() : null;
}
