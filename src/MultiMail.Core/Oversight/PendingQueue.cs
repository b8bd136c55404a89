using MultiMail.Core.Node;
using MultiMail.Core.Text;

namespace MultiMail.Core.Oversight;

/// <summary>What waits for a person. Without oversight a key sees its own lineage's messages only, and no risk flags.</summary>
public sealed class PendingQueue
{
    private readonly CoreContext _core;
    private readonly MessageLists _lists;
    private readonly ReviewRendering _rendering;

    internal PendingQueue(CoreContext core)
    {
        _core = core;
        _lists = new MessageLists(core);
        _rendering = new ReviewRendering(core, _lists, this);
    }

    public async Task<PendingList> ListAsync(Principal principal, PendingRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Oversight);
        var faults = new Faults();
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        var kind = faults.OneOf("kind", request.Kind, "all", "outbound", "inbound");
        var olderThan = faults.Time("older_than", request.OlderThan);
        var mailbox = request.Mailbox is null ? null : await _core.Reach.FindAsync(principal, request.Mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        faults.ThrowIfAny();
        var query = new PendingQuery(
            principal.Account, mailbox is null ? principal.Mailboxes : [mailbox.Id], principal.World, principal.MayDecide ? null : principal.Lineage,
            kind == "all" ? null : kind, olderThan, Cursors.Number(request.Cursor) is { } at ? new ApprovalId(at) : null, limit + 1);
        var found = await _core.Store.PendingAsync(query, cancellationToken).ConfigureAwait(false);
        var total = await _core.Store.CountPendingAsync(query with { Cursor = null }, cancellationToken).ConfigureAwait(false);
        var rows = new List<PendingView>();
        foreach (var item in found.Take(limit))
        {
            rows.Add(await ViewAsync(principal, item, cancellationToken).ConfigureAwait(false));
        }

        return new PendingList(rows, found.Count > limit ? Cursors.Of(found[limit - 1].Approval.Id.Value) : null, total);
    }

    /// <summary>The frozen message as it will leave, or as it was decided. Needs oversight; a look at an open hold leaves a leaf.</summary>
    public async Task<PendingReview> ReviewAsync(Principal principal, string? messageId, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Oversight);
        var id = _core.ParseMessageId(messageId);
        var message = await _core.Store.MessageAsync(principal.Account, id, cancellationToken).ConfigureAwait(false);
        if (message is null || !Visibility.Shows(principal, message))
        {
            throw RefusalException.NotFound("message");
        }

        var open = await _core.Store.PendingItemAsync(principal.Account, id, cancellationToken).ConfigureAwait(false);
        if (open is null && !principal.Has(Scopes.Read) &&
            (await _core.Store.DecisionsAsync(principal.Account, id, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            throw RefusalException.NotFound("message"); // a key that only reviews sees what waits and what was decided, not all mail
        }

        var review = await _rendering.RenderAsync(principal, message, open?.Approval, cancellationToken).ConfigureAwait(false);
        if (open is not null)
        {
            await _core.Store.WriteAsync(
                async unit =>
                {
                    await unit.AppendLeafAsync(_core.Leaves.OfMessage(message, LeafNames.ApprovalViewed, principal.LeafActor)).ConfigureAwait(false);
                    if (principal.Kind is PrincipalKind.Human)
                    {
                        await unit.NoteLookAsync(message.Account, message.Id, principal.PublicId).ConfigureAwait(false);
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return review;
    }

    /// <summary>What mailboxes in <c>monitored</c> sent without waiting, newest first.</summary>
    public async Task<IReadOnlyList<MessageSummary>> MonitoredAsync(Principal principal, int limit, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Oversight);
        var events = await _core.Store.EventsAsync(principal.Account, EventTypes.Monitored, limit, cancellationToken).ConfigureAwait(false);
        var messages = new List<Message>();
        foreach (var id in events.Select(e => e.Message).OfType<MessageId>())
        {
            if (await _core.Store.MessageAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) is { } message && Visibility.Shows(principal, message))
            {
                messages.Add(message);
            }
        }

        return await _lists.SummariesAsync(principal.Account, messages, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<PendingView> ViewAsync(Principal principal, PendingItem item, CancellationToken cancellationToken)
    {
        var (hold, message) = item;
        var mailbox = await _core.Store.MailboxAsync(principal.Account, message.Mailbox, cancellationToken).ConfigureAwait(false);
        return new PendingView(
            _core.Ids.Format(message.Id), hold.Kind, hold.Revision, Digests.Text(hold.Digest), Clean.Line(message.Subject), message.To, message.FromAddress,
            mailbox!.Address, mailbox.AgentId, principal.MayDecide && hold.RiskFlags.Length > 0 ? hold.RiskFlags.Split(',') : [],
            hold.CreatedAt, hold.Deadline, _core.ApprovalUrl(message.Id), message.World is World.Live)
        {
            Risks = principal.MayDecide && hold.RiskFlags.Length > 0 ? RiskView.Of(RiskCodes.Split(hold.RiskFlags)) : null,
        };
    }
}
