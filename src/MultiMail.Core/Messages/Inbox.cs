using MultiMail.Core.Node;
using MultiMail.Core.Text;

namespace MultiMail.Core.Messages;

/// <summary>What an agent does with mail that is there: list, read, search, tag, wait. None of it marks a message read.</summary>
public sealed class Inbox
{
    private const int WaitPage = 100;
    private readonly CoreContext _core;
    private readonly MessageLists _lists;
    private readonly MessageBodies _bodies;

    internal Inbox(CoreContext core)
    {
        _core = core;
        _lists = new MessageLists(core);
        _bodies = new MessageBodies(core);
    }

    public async Task<MessageList> ListAsync(Principal principal, InboxRequest request, CancellationToken cancellationToken)
    {
        var list = await _lists.ListAsync(principal, request, cancellationToken).ConfigureAwait(false);
        await _core.Reads.NoteAsync(principal, list.Messages, cancellationToken).ConfigureAwait(false);
        return list;
    }

    public async Task<MessageList> SearchAsync(Principal principal, SearchRequest request, CancellationToken cancellationToken)
    {
        var list = await _lists.SearchAsync(principal, request, cancellationToken).ConfigureAwait(false);
        await _core.Reads.NoteAsync(principal, list.Messages, cancellationToken).ConfigureAwait(false);
        return list;
    }

    public async Task<MessageView> ReadAsync(Principal principal, ReadRequest request, CancellationToken cancellationToken)
    {
        var view = await _bodies.ReadAsync(principal, request, cancellationToken).ConfigureAwait(false);
        await _core.Reads.NoteAsync(principal, view, cancellationToken).ConfigureAwait(false);
        return view;
    }

    /// <summary>A conversation, newest first.</summary>
    public async Task<ThreadView> ThreadAsync(Principal principal, ThreadRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        var faults = new Faults();
        var bodies = faults.OneOf("bodies", request.Bodies, "snippet", "none", "snippet", "full");
        var chars = faults.Number("max_chars_per_message", request.MaxCharsPerMessage, 2_000, 100, 20_000);
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        if (request.ThreadId is null == request.MessageId is null)
        {
            faults.Invalid("thread_id", "Exactly one of thread_id and message_id is needed.", "Give one of them.");
        }

        faults.ThrowIfAny();
        var thread = await ThreadOfAsync(principal, request, cancellationToken).ConfigureAwait(false);
        var query = Visibility.Query(principal, limit) with { Thread = thread.Id, Cursor = MessageLists.Cursor(request.Cursor) };
        var page = await _core.Store.MessagesAsync(query, cancellationToken).ConfigureAwait(false);
        if (page.Messages.Count == 0 && request.Cursor is null)
        {
            throw RefusalException.NotFound("thread");
        }

        var mailbox = (await _core.Store.MailboxAsync(principal.Account, thread.Mailbox, cancellationToken).ConfigureAwait(false))!;
        var messages = new List<ThreadMessage>();
        foreach (var message in page.Messages)
        {
            messages.Add(await ThreadRowAsync(message, mailbox, bodies, chars, cancellationToken).ConfigureAwait(false));
        }

        await _core.Reads.NoteAsync(principal, messages.Select(m => m.Message), cancellationToken).ConfigureAwait(false);
        return new ThreadView(
            _core.Ids.Format(thread.Id), mailbox.Address, SubjectOf(page.Messages), messages, MessageLists.NextCursor(page), page.Total);
    }

    /// <summary>Returns at once when a match is there already (after since_id), else as soon as one arrives, else at the end of the time.</summary>
    public async Task<WaitResult> WaitAsync(Principal principal, WaitRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        var faults = new Faults();
        var timeout = TimeSpan.FromSeconds(faults.Number("timeout_seconds", request.TimeoutSeconds, 60, 1, 120));
        var mailbox = await _core.Reach.FindAsync(principal, request.Mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        faults.ThrowIfAny();
        var now = _core.Clock.GetUtcNow();
        var query = Visibility.Query(principal, WaitPage) with
        {
            Mailboxes = [mailbox!.Id],
            Direction = Direction.Inbound,
            From = request.From,
            Subject = request.SubjectContains,
            After = await _lists.AfterAsync(principal, request.SinceId, cancellationToken).ConfigureAwait(false),
            Since = request.SinceId is null ? now : null,
        };
        while (true)
        {
            var seen = _core.Store.ChangePosition;
            if (await OldestAsync(query, cancellationToken).ConfigureAwait(false) is { } oldest)
            {
                var found = await _lists.SummariesAsync(principal.Account, [oldest], cancellationToken).ConfigureAwait(false);
                await _core.Reads.NoteAsync(principal, found, cancellationToken).ConfigureAwait(false);
                return new WaitResult(TimedOut: false, found[0]);
            }

            var left = now + timeout - _core.Clock.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return new WaitResult(TimedOut: true, null);
            }

            await _core.Store.WaitForChangeAsync(seen, left, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The oldest match, however many there are: with its id as since_id the caller walks on without missing one.</summary>
    private async Task<Message?> OldestAsync(MessageQuery query, CancellationToken cancellationToken)
    {
        var page = await _core.Store.MessagesAsync(query, cancellationToken).ConfigureAwait(false);
        while (page.More)
        {
            var last = page.Messages[^1];
            page = await _core.Store.MessagesAsync(query with { Cursor = (last.ReceivedAt, last.Id) }, cancellationToken).ConfigureAwait(false);
        }

        return page.Messages.Count > 0 ? page.Messages[^1] : null;
    }

    /// <summary>Sets and removes tags on several messages; each succeeds or fails for itself.</summary>
    public async Task<IReadOnlyList<ItemResult>> TagAsync(Principal principal, TagRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        TagRules.Check(request);
        var results = new List<ItemResult>();
        foreach (var text in request.MessageIds)
        {
            try
            {
                await TagOneAsync(principal, _core.ParseMessageId(text), request, cancellationToken).ConfigureAwait(false);
                results.Add(new ItemResult(text, Ok: true, null, null));
            }
            catch (RefusalException refusal) when (refusal.Code == ErrorCodes.NotFound)
            {
                results.Add(new ItemResult(text, Ok: false, refusal.Code, refusal.Message));
            }
        }

        return results;
    }

    // Not the thread's own: whoever opened it may be held, and held mail does not exist for agents.
    private static string SubjectOf(IReadOnlyList<Message> shown) => shown.Count == 0 ? string.Empty : Clean.Line(shown[^1].Subject);

    private async Task<ThreadMessage> ThreadRowAsync(Message message, Mailbox mailbox, string bodies, int chars, CancellationToken cancellationToken)
    {
        var summary = _lists.Summary(message, mailbox.Address);
        if (bodies == "none")
        {
            return new ThreadMessage(summary with { Snippet = string.Empty }, null, 0);
        }

        if (bodies == "snippet")
        {
            return new ThreadMessage(summary, null, 0);
        }

        var (text, quoted) = await _bodies.TrimmedAsync(message, cancellationToken).ConfigureAwait(false);
        var (window, remaining) = TextWindow.Cut(Clean.Body(text).Text, 0, chars);
        return new ThreadMessage(summary, window, remaining) { QuotedChars = quoted };
    }

    private async Task<MailThread> ThreadOfAsync(Principal principal, ThreadRequest request, CancellationToken cancellationToken)
    {
        ThreadId id;
        if (request.ThreadId is { } text)
        {
            if (!_core.Ids.TryParse(text, out id))
            {
                throw RefusalException.NotFound("thread");
            }
        }
        else
        {
            var message = await _core.Store.MessageAsync(principal.Account, _core.ParseMessageId(request.MessageId), cancellationToken).ConfigureAwait(false);
            id = message is not null && Visibility.Shows(principal, message) ? message.Thread : throw RefusalException.NotFound("message");
        }

        var thread = await _core.Store.ThreadAsync(principal.Account, id, cancellationToken).ConfigureAwait(false);
        return thread is not null && principal.Uses(thread.Mailbox) ? thread : throw RefusalException.NotFound("thread");
    }

    private async Task TagOneAsync(Principal principal, MessageId id, TagRequest request, CancellationToken cancellationToken) =>
        await _core.Store.WriteAsync(
            async unit =>
            {
                var message = await unit.FindMessageAsync(principal.Account, id).ConfigureAwait(false);
                if (message is null || !Visibility.Shows(principal, message))
                {
                    throw RefusalException.NotFound("message");
                }

                TagRules.CheckCount(message, request);
                foreach (var (tag, value) in request.Tags)
                {
                    await unit.SetTagAsync(principal.Account, id, tag, value).ConfigureAwait(false);
                }

                foreach (var tag in request.Remove)
                {
                    await unit.RemoveTagAsync(principal.Account, id, tag).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
