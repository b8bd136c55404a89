using MultiMail.Core.Compliance;
using MultiMail.Core.Node;
using MultiMail.Core.Templates;
using MultiMail.Mail;

namespace MultiMail.Core.Oversight;

/// <summary>Renders the frozen bytes for the person who decides, and nothing the agent says about them.</summary>
internal sealed class ReviewRendering(CoreContext core, MessageLists lists, PendingQueue queue)
{
    private const int ThreadLength = 10;
    private readonly RevisionComparison _comparison = new(core);

    public async Task<PendingReview> RenderAsync(Principal principal, Message message, Approval? open, CancellationToken cancellationToken)
    {
        var raw = await core.Store.RawAsync(principal.Account, message.RawSha256, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("message");
        var read = MessageReader.Read(raw);
        var decisions = await core.Store.DecisionsAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var account = await core.Store.GetAccountAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var hold = open ?? Closed(message);
        var item = await queue.ViewAsync(principal, new PendingItem(hold, message), cancellationToken).ConfigureAwait(false);
        var standing = decisions.Where(d => d.Verb == "approve" && d.Digest.AsSpan().SequenceEqual(message.Digest)).ToList();
        var approvals = Assessment.ApprovalsOf(account!, standing);
        var plain = AlternativeOf(read);
        return new PendingReview(
            item with { Subject = UntrustedText.ShowInvisible(message.Subject) },
            MessageStates.Name(message.State),
            UntrustedText.ShowInvisible(message.FromName ?? string.Empty),
            message.Cc,
            message.Bcc,
            read.ReplyTo.Count == 0 ? null : string.Join(", ", read.ReplyTo.Select(a => UntrustedText.ShowInvisible(a.Address))),
            message.SendAt,
            message.Category,
            open?.Intent,
            UntrustedText.ShowInvisible(read.TextBody),
            read.Html is null ? null : HtmlPreview.Sanitise(read.Html),
            read.HiddenText.Chars,
            UntrustedText.Normalise(plain is null ? read.TextBody : read.TextBody + plain).Removed,
            [.. read.Links.Select(l => LinkView.Of(l, UntrustedText.ShowInvisible))],
            [.. read.Attachments.Select(a => new PartView(a.ContentType, UntrustedText.ShowInvisible(a.FileName ?? "(no name)"), a.Size, a.Sha256, "attachment"))],
            [.. read.Headers.Select(h => (h.Name, UntrustedText.ShowInvisible(h.Value)))],
            message.Size,
            [.. decisions.Select(d => new DecisionView(core.Ids.Format(d.Id), d.Verb, d.DecidedBy, d.Channel, d.Reason, d.DecidedAt, Digests.Text(d.Digest)))],
            await ThreadAsync(principal, message, cancellationToken).ConfigureAwait(false),
            approvals.Given,
            approvals.Needed)
        {
            Tainted = message.Tainted,
            TaintedBy = message.Tainted ? core.Ids.Format(await core.Store.TaintCauseAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false)) : null,
            PlainText = plain is null ? null : UntrustedText.ShowInvisible(plain),
            WasCanary = message.IsCanary && open is null,
            Template = await TemplateAsync(message, cancellationToken).ConfigureAwait(false),
            Checks = await ChecksAsync(message, raw, cancellationToken).ConfigureAwait(false),
            HiddenText = read.HiddenText.Chars == 0 ? null : UntrustedText.ShowInvisible(read.HiddenText.Text),
            Changes = await _comparison.OfAsync(message, read, cancellationToken).ConfigureAwait(false),
            Added = await ServerAdditions.OfAsync(core, message, cancellationToken).ConfigureAwait(false),
        };
    }

    // Of what has left there is nothing to check any more.
    private async Task<IReadOnlyList<ComplianceCheckView>> ChecksAsync(Message message, byte[] raw, CancellationToken cancellationToken) =>
        message is { Direction: Direction.Outbound, State: MessageState.Pending or MessageState.Scheduled or MessageState.Queued } &&
        await core.Store.MailboxAsync(message.Account, message.Mailbox, cancellationToken).ConfigureAwait(false) is { } mailbox
            ? await core.Compliance.FindingsAsync(message, mailbox, raw, cancellationToken).ConfigureAwait(false)
            : [];

    private async Task<TemplateUse?> TemplateAsync(Message message, CancellationToken cancellationToken)
    {
        var revisions = message.Direction is Direction.Outbound
            ? await core.Store.RevisionsAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false) : [];
        return revisions.FirstOrDefault(r => r.Digest.AsSpan().SequenceEqual(message.Digest)) is { } current ? Manifest.Template(current) : null;
    }

    // Some recipients read this part and not the HTML. Whoever approves sees both unless they are the same to the letter: one other
    // figure or link is enough to deceive, and TextDiffersFromHtml, made for a stranger's newsletter, overlooks it.
    private static string? AlternativeOf(ReadMessage read) =>
        read.Html is not null && read.PlainText is { } plain && !string.Equals(Unspaced(plain), Unspaced(read.TextBody), StringComparison.Ordinal) ? plain : null;

    private static string Unspaced(string text) => string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    // A message whose hold is over is shown with what it was: there is nothing to decide any more.
    private static Approval Closed(Message message) => new(
        default, message.Account, message.Id, message.Mailbox, Directions.Name(message.Direction), message.Revision,
        message.Digest, message.World, message.SubmittedBy ?? string.Empty, message.SubmitterLineage ?? string.Empty, message.RiskFlags, null,
        message.ReceivedAt, message.ReceivedAt);

    private async Task<IReadOnlyList<MessageSummary>> ThreadAsync(Principal principal, Message message, CancellationToken cancellationToken)
    {
        var query = Visibility.Query(principal, ThreadLength) with { Thread = message.Thread };
        var page = await core.Store.MessagesAsync(query, cancellationToken).ConfigureAwait(false);
        return await lists.SummariesAsync(principal.Account, [.. page.Messages.Where(m => m.Id != message.Id)], cancellationToken).ConfigureAwait(false);
    }
}
