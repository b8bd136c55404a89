using MultiMail.Core.Node;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Messages;

/// <summary>Makes a submission of a reply: recipients from the stored message, not from the caller; one "Re:"; the quote.</summary>
internal sealed class ReplyComposition(CoreContext core)
{
    private const int MaxSubject = 998; // what the composer writes

    public async Task<(Submission Submission, Message Parent)> ToSubmissionAsync(Principal principal, Reply reply, CancellationToken cancellationToken)
    {
        var id = core.ParseMessageId(reply.MessageId);
        var parent = await core.Store.MessageAsync(principal.Account, id, cancellationToken).ConfigureAwait(false);
        if (parent is null || !Visibility.Shows(principal, parent))
        {
            throw RefusalException.NotFound("message");
        }

        var mailbox = await core.Store.MailboxAsync(principal.Account, parent.Mailbox, cancellationToken).ConfigureAwait(false);
        var raw = await core.Store.RawAsync(parent.Account, parent.RawSha256, cancellationToken).ConfigureAwait(false);
        if (mailbox is null || raw is null)
        {
            throw RefusalException.NotFound("message");
        }

        var read = MessageReader.Read(raw);
        var (to, cc) = Recipients(parent, read, mailbox.Address, reply.ReplyAll);
        if (to.Count == 0)
        {
            throw RefusalException.For([new Violation(ErrorCodes.InvalidAddress, "message_id", "The message names no address that can be answered.", "Use send_email with an address of your own choice.")]);
        }

        var quote = reply.IncludeQuote ? Quote(parent) : null;
        return (new Submission
        {
            From = mailbox.Address,
            To = to,
            Cc = [.. cc, .. reply.Cc],
            Bcc = reply.Bcc,
            Subject = Subject(parent.Subject),
            Text = WithQuote(reply.Text, quote),
            Html = reply.Html,
            Markdown = WithQuote(reply.Markdown, quote),
            Attachments = reply.Attachments,
            Intent = reply.Intent,
            SendAt = reply.SendAt,
            IdempotencyKey = reply.IdempotencyKey,
        }, parent);
    }

    // RFC 5322 §3.6.3: an answer goes to Reply-To, else From; an answer to one's own mail goes where that mail went.
    private static (List<string> To, List<string> Cc) Recipients(Message parent, ReadMessage read, string own, bool replyAll)
    {
        var to = parent.Direction is Direction.Outbound ? [.. parent.To] : Valid(read.ReplyTo.Count > 0 ? read.ReplyTo : read.Authors);
        if (!replyAll)
        {
            return (to, []);
        }

        var others = parent.Direction is Direction.Outbound ? [.. parent.Cc] : Valid([.. read.To, .. read.Cc]);
        var cc = others.Where(a => !Same(a, own) && !to.Exists(t => Same(t, a))).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return (to, cc);
    }

    private static List<string> Valid(IReadOnlyList<MailboxAddressText> addresses) =>
        [.. addresses.Select(a => a.AddrSpec).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Subject(string parent)
    {
        var clean = new string([.. parent.Where(c => !char.IsControl(c) && c is not ('\u2028' or '\u2029'))]).Trim();
        var bare = clean.AsSpan();
        while (bare.StartsWith("re:", StringComparison.OrdinalIgnoreCase))
        {
            bare = bare[3..].TrimStart();
        }

        var subject = $"Re: {bare}";
        return subject.Length <= MaxSubject ? subject : subject[..(char.IsHighSurrogate(subject[MaxSubject - 1]) ? MaxSubject - 1 : MaxSubject)];
    }

    private static string Quote(Message parent)
    {
        var lines = UntrustedText.Normalise(parent.BodyText).Text.Split('\n').Select(line => line.StartsWith('>') ? ">" + line : "> " + line);
        return $"On {Rfc3339.Format(parent.ReceivedAt)}, {parent.FromAddress} wrote:\n{string.Join('\n', lines)}";
    }

    private static string? WithQuote(string? body, string? quote) => body is null || quote is null ? body : $"{body.TrimEnd()}\n\n{quote}\n";
}
