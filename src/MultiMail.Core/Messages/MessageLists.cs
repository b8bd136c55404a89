using MultiMail.Core.Node;
using MultiMail.Core.Search;
using MultiMail.Core.Text;

namespace MultiMail.Core.Messages;

/// <summary>Lists and searches: summaries only, newest first, stable under inserts.</summary>
internal sealed class MessageLists(CoreContext core)
{
    public async Task<MessageList> ListAsync(Principal principal, InboxRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        var faults = new Faults();
        var mailbox = await core.Reach.FindAsync(principal, request.Mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        var query = Filtered(principal, request, faults);
        faults.ThrowIfAny();
        query = query with
        {
            Mailboxes = [mailbox!.Id],
            After = await AfterAsync(principal, request.SinceId, cancellationToken).ConfigureAwait(false),
        };
        var held = await CountHeldAsync(principal, mailbox.Id, cancellationToken).ConfigureAwait(false);
        if (request.Folder == "held" && !principal.MayDecide)
        {
            return new MessageList([], null, 0, held); // others learn only how many there are
        }

        var list = await PageAsync(await core.Store.MessagesAsync(query, cancellationToken).ConfigureAwait(false), principal.Account, held, cancellationToken).ConfigureAwait(false);
        return request.Folder == "held" ? list with { Messages = [.. list.Messages.Select(IdAndTime)] } : list;
    }

    // What a stranger wrote stays out of the mailbox's lists until it is released; the review shows it.
    private static MessageSummary IdAndTime(MessageSummary held) => held with { FromAddress = string.Empty, FromName = null, Subject = string.Empty, Snippet = string.Empty };

    public async Task<MessageList> SearchAsync(Principal principal, SearchRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(request.Query))
        {
            faults.Invalid("query", "query is empty.", "Give words to look for.");
        }

        faults.MaxLength("query", request.Query, 500);
        var mailboxes = new List<MailboxId>();
        foreach (var text in request.Mailboxes)
        {
            if (await core.Reach.FindAsync(principal, text, "mailboxes", faults, cancellationToken).ConfigureAwait(false) is { } mailbox)
            {
                mailboxes.Add(mailbox.Id);
            }
        }

        var query = Filtered(principal, new InboxRequest { Folder = request.Folder ?? "all", Since = request.Since, Before = request.Before, Limit = request.Limit, Cursor = request.Cursor }, faults);
        faults.ThrowIfAny();
        query = query with { Mailboxes = mailboxes.Count > 0 ? mailboxes : principal.Mailboxes };
        var (terms, narrowed) = SearchLanguage.Parse(request.Query!, query);
        if (terms.All.Count == 0 && narrowed == query)
        {
            throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "query", "query has no word of at least two letters or digits.", "Give a longer word, or a condition such as from:ada.")]);
        }

        var page = terms.All.Count == 0
            ? await core.Store.MessagesAsync(narrowed, cancellationToken).ConfigureAwait(false)
            : await core.Store.SearchAsync(narrowed, terms, cancellationToken).ConfigureAwait(false);
        return await PageAsync(page, principal.Account, 0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The place in the order of arrival that a message marks.</summary>
    public async Task<(DateTimeOffset At, MessageId Id)?> AfterAsync(Principal principal, string? sinceId, CancellationToken cancellationToken)
    {
        if (sinceId is null)
        {
            return null;
        }

        var message = await core.Store.MessageAsync(principal.Account, core.ParseMessageId(sinceId), cancellationToken).ConfigureAwait(false);
        return message is not null && Visibility.Shows(principal, message) ? (message.ReceivedAt, message.Id) : throw RefusalException.NotFound("message");
    }

    public async Task<IReadOnlyList<MessageSummary>> SummariesAsync(AccountId account, IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var addresses = new Dictionary<MailboxId, string>();
        foreach (var id in messages.Select(m => m.Mailbox).Distinct())
        {
            addresses[id] = (await core.Store.MailboxAsync(account, id, cancellationToken).ConfigureAwait(false))!.Address;
        }

        return [.. messages.Select(m => Summary(m, addresses[m.Mailbox]))];
    }

    public MessageSummary Summary(Message m, string mailboxAddress) => new(
        core.Ids.Format(m.Id), core.Ids.Format(m.Thread), mailboxAddress, Directions.Name(m.Direction), m.FromAddress, Clean.OptionalLine(m.FromName),
        m.To, Clean.Line(m.Subject), Clean.Line(m.Snippet), m.ReceivedAt, m.Unread, m.Tags, m.AttachmentCount > 0, MessageStates.Name(m.State));

    public static (DateTimeOffset At, MessageId Id)? Cursor(string? cursor) =>
        Cursors.TimeAndId(cursor) is { } place ? (place.At, new MessageId(place.Id)) : null;

    public static string? NextCursor(MessagePage page) =>
        page.More ? Cursors.Of(page.Messages[^1].ReceivedAt, page.Messages[^1].Id.Value) : null;

    private async Task<MessageList> PageAsync(MessagePage page, AccountId account, int held, CancellationToken cancellationToken) => new(
        await SummariesAsync(account, page.Messages, cancellationToken).ConfigureAwait(false), NextCursor(page), page.Total, held);

    private Task<int> CountHeldAsync(Principal principal, MailboxId mailbox, CancellationToken cancellationToken) =>
        core.Store.CountPendingAsync(new PendingQuery(principal.Account, [mailbox], principal.World, null, Directions.Name(Direction.Inbound), null, null, 1), cancellationToken).AsTask();

    private static MessageQuery Filtered(Principal principal, InboxRequest request, Faults faults)
    {
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        var folder = faults.OneOf("folder", request.Folder, "inbox", "inbox", "sent", "drafts", "scheduled", "held", "spam", "archive", "trash", "all");
        var (tag, value) = Tag(request.Tag);
        var query = Visibility.Query(principal, limit) with
        {
            Unread = request.Unread,
            From = request.From,
            To = request.To,
            Subject = request.Subject,
            Since = faults.Time("since", request.Since),
            Before = faults.Time("before", request.Before),
            Tag = tag,
            TagValue = value,
            HasAttachments = request.HasAttachments,
            Cursor = Cursor(request.Cursor),
        };
        return InFolder(query, folder);
    }

    private static MessageQuery InFolder(MessageQuery query, string folder) => folder switch
    {
        "inbox" => query with { Folder = Folder.Inbox },
        "sent" => query with { Folder = Folder.Sent, NotStates = [.. query.NotStates, MessageState.Draft, MessageState.Scheduled] },
        "drafts" => query with { States = [MessageState.Draft] },
        "scheduled" => query with { States = [MessageState.Scheduled] },
        "held" => query with { States = [MessageState.Held], NotStates = [] },
        "spam" => query with { Folder = Folder.Spam },
        "archive" => query with { Folder = Folder.Archive },
        "trash" => query with { Folder = Folder.Trash },
        _ => query,
    };

    private static (string? Tag, string? Value) Tag(string? text)
    {
        if (text is null)
        {
            return (null, null);
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }
}
