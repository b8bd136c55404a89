using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Messages;

/// <summary>One message with a window of its body, read from the raw bytes.</summary>
internal sealed class MessageBodies(CoreContext core)
{
    private readonly ReportedMail _reported = new(core);

    public async Task<MessageView> ReadAsync(Principal principal, ReadRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        var faults = new Faults();
        var format = faults.OneOf("format", request.Format, "text", "text", "markdown", "html", "headers");
        var max = faults.Number("max_chars", request.MaxChars, 20_000, 500, 100_000);
        var offset = faults.Number("offset", request.Offset, 0, 0, int.MaxValue);
        faults.ThrowIfAny();
        var message = await core.Store.MessageAsync(principal.Account, core.ParseMessageId(request.MessageId), cancellationToken).ConfigureAwait(false);
        if (message is null || !Visibility.Shows(principal, message))
        {
            throw RefusalException.NotFound("message");
        }

        if (message.State is MessageState.Draft && await AuthoredMail.FindAsync(core, message, cancellationToken).ConfigureAwait(false) is { } authored)
        {
            return await DraftAsync(message, authored, format, offset, max, cancellationToken).ConfigureAwait(false);
        }

        var raw = await SentForm.ReadAsync(core, message, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("message");
        var source = await core.Store.SourceAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var read = MessageReader.Read(raw, source?.ReturnPath, markdown: format == "markdown");
        var (shown, quoted) = Source(read, format, request.IncludeQuoted ?? false);
        var whole = Clean.Body(shown);
        var (window, remaining) = TextWindow.Cut(whole.Text, offset, max);
        var mailbox = await core.Store.MailboxAsync(principal.Account, message.Mailbox, cancellationToken).ConfigureAwait(false);
        var attachments = await core.Store.AttachmentsAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        return new MessageView(
            core.Ids.Format(message.Id), core.Ids.Format(message.Thread), mailbox!.Address, Directions.Name(message.Direction),
            MessageStates.Name(message.State), message.FromAddress, Clean.OptionalLine(message.FromName), message.To, message.Cc,
            Clean.Line(message.Subject), message.ReceivedAt, message.Unread, message.Tags, [.. attachments.Select(a => View(a, read))], format, window,
            Math.Min(offset, whole.Text.Length), whole.Text.Length, remaining, whole.Removed, HiddenTextView.Of(read.HiddenText), read.Defects,
            [.. read.Links.Select(l => LinkView.Of(l, Clean.Line))])
        {
            QuotedChars = quoted,
            Automatic = read.IsAutomatic,
            Report = read.Report is { } report
                ? ReportView.Of(report, await _reported.FindAsync(principal, message, report, cancellationToken).ConfigureAwait(false)) : null,
            RiskFlags = message is { Direction: Direction.Inbound, RiskFlags.Length: > 0 } ? RiskCodes.Split(message.RiskFlags) : null,
            Events = read.Events.Count == 0 ? null : [.. read.Events.Select(EventView.Of)],
            Authentication = source is null ? null : AuthenticationView.Of(source, message.FromAddress),
            AuthenticationDetails = source?.Authentication?.Details,
            Bcc = message.Bcc.Count > 0 && Visibility.ShowsBcc(principal, message) ? message.Bcc : null,
            Version = VersionOf(message),
            SendAt = message.SendAt,
        };
    }

    private static int? VersionOf(Message message) => message.Direction is Direction.Outbound ? message.Version : null;

    /// <summary>A draft as its author wrote it: it has no frozen form, or one that is not the last word.</summary>
    private async Task<MessageView> DraftAsync(Message message, Authored authored, string format, int offset, int max, CancellationToken cancellationToken)
    {
        var body = format switch
        {
            "html" => authored.Written.Html,
            "markdown" => authored.Written.Markdown ?? authored.Written.Text,
            "headers" => string.Empty,
            _ => authored.Written.Text,
        };
        var whole = Clean.Body(body ?? message.BodyText);
        var (window, remaining) = TextWindow.Cut(whole.Text, offset, max);
        var mailbox = await core.Store.MailboxAsync(message.Account, message.Mailbox, cancellationToken).ConfigureAwait(false);
        var attachments = await core.Store.AttachmentsAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false);
        return new MessageView(
            core.Ids.Format(message.Id), core.Ids.Format(message.Thread), mailbox!.Address, Directions.Name(message.Direction),
            MessageStates.Name(message.State), message.FromAddress, Clean.OptionalLine(message.FromName), message.To, message.Cc,
            Clean.Line(message.Subject), message.ReceivedAt, message.Unread, message.Tags,
            [.. attachments.Select(a => new AttachmentView(core.Ids.Format(a.Id), Clean.Line(a.FileName), a.ContentType, a.Size, Convert.ToHexStringLower(a.Sha256)))],
            format, window, Math.Min(offset, whole.Text.Length), whole.Text.Length, remaining, whole.Removed, HiddenTextRemoved: null, [], [])
        {
            Bcc = message.Bcc.Count > 0 ? message.Bcc : null,
            Version = message.Version,
            SendAt = message.SendAt,
        };
    }

    /// <summary>The new text of a message, from its bytes: the stored text is the whole one, for search.</summary>
    public async Task<(string Text, int Quoted)> TrimmedAsync(Message message, CancellationToken cancellationToken)
    {
        if (await core.Store.RawAsync(message.Account, message.RawSha256, cancellationToken).ConfigureAwait(false) is not { } raw)
        {
            return (message.BodyText, 0);
        }

        var read = MessageReader.Read(raw);
        return (read.Trimmed, read.QuotedChars);
    }

    private AttachmentView View(Attachment a, ReadMessage read) =>
        new(core.Ids.Format(a.Id), Clean.Line(a.FileName), a.ContentType, a.Size, Convert.ToHexStringLower(a.Sha256))
        {
            Message = NestedView.Of(read.Attachments.FirstOrDefault(part => part.PartIndex == a.Part)?.Message),
        };

    /// <returns>The text of that form and how many characters of it are left out as quoted.</returns>
    private static (string Text, int Quoted) Source(ReadMessage read, string format, bool quoted)
    {
        var (whole, trimmed) = format switch
        {
            "html" => (read.Html ?? string.Empty, null),
            "headers" => (string.Join('\n', read.Headers.Select(h => $"{h.Name}: {h.Value}")), null),
            "markdown" when read.Marked is { } marked => (marked.Text, marked.Trimmed),
            _ => (read.TextBody, read.Trimmed),
        };
        return quoted || trimmed is null ? (whole, 0) : (trimmed, whole.Length - trimmed.Length);
    }
}
