using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Messages;

/// <summary>One message with a window of its body, read from the raw bytes.</summary>
internal sealed class MessageBodies(CoreContext core)
{
    public async Task<MessageView> ReadAsync(Principal principal, ReadRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        var faults = new Faults();
        var format = faults.OneOf("format", request.Format, "text", "text", "html", "headers");
        var max = faults.Number("max_chars", request.MaxChars, 20_000, 500, 100_000);
        var offset = faults.Number("offset", request.Offset, 0, 0, int.MaxValue);
        faults.ThrowIfAny();
        var message = await core.Store.MessageAsync(principal.Account, core.ParseMessageId(request.MessageId), cancellationToken).ConfigureAwait(false);
        if (message is null || !Visibility.Shows(principal, message))
        {
            throw RefusalException.NotFound("message");
        }

        var raw = await SentForm.ReadAsync(core, message, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("message");
        var read = MessageReader.Read(raw);
        var whole = Clean.Body(Source(read, format));
        var (window, remaining) = TextWindow.Cut(whole.Text, offset, max);
        var mailbox = await core.Store.MailboxAsync(principal.Account, message.Mailbox, cancellationToken).ConfigureAwait(false);
        var attachments = await core.Store.AttachmentsAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var source = await core.Store.SourceAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        return new MessageView(
            core.Ids.Format(message.Id), core.Ids.Format(message.Thread), mailbox!.Address, Directions.Name(message.Direction),
            MessageStates.Name(message.State), message.FromAddress, Clean.OptionalLine(message.FromName), message.To, message.Cc,
            Clean.Line(message.Subject), message.ReceivedAt, message.Unread, message.Tags, [.. attachments.Select(View)], format, window,
            Math.Min(offset, whole.Text.Length), whole.Text.Length, remaining, whole.Removed, read.HiddenText.Chars, read.Defects,
            [.. read.Links.Select(l => new LinkView(l.Host, l.Target, Clean.Line(l.Text), l.TextNamesAnotherHost))])
        {
            Authentication = source is null ? null : AuthenticationView.Of(source, message.FromAddress),
            AuthenticationDetails = source?.Authentication?.Details,
        };
    }

    private AttachmentView View(Attachment a) =>
        new(core.Ids.Format(a.Id), Clean.Line(a.FileName), a.ContentType, a.Size, Convert.ToHexStringLower(a.Sha256));

    private static string Source(ReadMessage read, string format) => format switch
    {
        "html" => read.Html ?? string.Empty,
        "headers" => string.Join('\n', read.Headers.Select(h => $"{h.Name}: {h.Value}")),
        _ => read.TextBody,
    };
}
