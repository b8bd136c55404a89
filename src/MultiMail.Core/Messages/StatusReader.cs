using MultiMail.Core.Node;
using MultiMail.Core.Text;

namespace MultiMail.Core.Messages;

/// <summary>Tells how messages fare, and waits for it.</summary>
internal sealed class StatusReader(CoreContext core)
{
    private const int MaxTimeline = 100;

    public async Task<StatusList> ListAsync(Principal principal, StatusRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Send, Scopes.Oversight);
        var faults = new Faults();
        var wait = TimeSpan.FromSeconds(faults.Number("wait_seconds", request.WaitSeconds, 0, 0, 120));
        var untilDelivered = faults.OneOf("until", request.Until, "decided", "decided", "delivered") == "delivered";
        if (request.MessageIds.Count is 0 or > 20)
        {
            faults.Invalid("message_ids", $"message_ids names {request.MessageIds.Count} messages.", "Give 1 to 20 message ids.");
        }

        faults.ThrowIfAny();
        var ids = request.MessageIds.Select(core.ParseMessageId).Distinct().ToList();
        var deadline = core.Clock.GetUtcNow() + wait;
        while (true)
        {
            var seen = core.Store.ChangePosition;
            var messages = new List<Message>();
            foreach (var id in ids)
            {
                messages.Add(await GetAsync(principal, id, cancellationToken).ConfigureAwait(false));
            }

            var done = messages.TrueForAll(m => IsDone(m.State, untilDelivered));
            var left = deadline - core.Clock.GetUtcNow();
            if (done || left <= TimeSpan.Zero)
            {
                return new StatusList(await ViewsAsync(principal, messages, cancellationToken).ConfigureAwait(false), TimedOut: !done && wait > TimeSpan.Zero);
            }

            await core.Store.WaitForChangeAsync(seen, left, cancellationToken).ConfigureAwait(false);
        }
    }

    // Inbound mail is delivered when it is received, and decided when nobody holds it any more; a draft waits for its author, not for anybody here.
    private static bool IsDone(MessageState state, bool untilDelivered) => state switch
    {
        MessageState.None or MessageState.Pending or MessageState.Held => false,
        MessageState.Scheduled or MessageState.Queued or MessageState.Sending => !untilDelivered,
        _ => true,
    };

    public async Task<MessageStatusView> OfAsync(Principal principal, MessageId id, CancellationToken cancellationToken) =>
        await ViewAsync(principal, await GetAsync(principal, id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<MessageStatusView>> ViewsAsync(Principal principal, List<Message> messages, CancellationToken cancellationToken)
    {
        var views = new List<MessageStatusView>();
        foreach (var message in messages)
        {
            views.Add(await ViewAsync(principal, message, cancellationToken).ConfigureAwait(false));
        }

        return views;
    }

    private async Task<Message> GetAsync(Principal principal, MessageId id, CancellationToken cancellationToken) =>
        await core.Store.MessageAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) is { } message && Visibility.Shows(principal, message)
            ? message
            : throw RefusalException.NotFound("message");

    private async Task<MessageStatusView> ViewAsync(Principal principal, Message message, CancellationToken cancellationToken)
    {
        var recipients = await core.Store.RecipientsOfAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var decisions = await core.Store.DecisionsAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var hold = await core.Store.PendingItemAsync(principal.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var leaves = await core.Store.QueryLogAsync(
            new AuditQuery(principal.Account, null, message.Id, null, null, null, null, MaxTimeline), cancellationToken).ConfigureAwait(false);
        var last = decisions.Count > 0 ? decisions[^1] : null;
        return new MessageStatusView(
            core.Ids.Format(message.Id), MessageStates.Name(message.State), core.Ids.Format(message.Thread), Digests.Text(message.Digest), message.Revision,
            message.ReceivedAt, message.SendAt, hold?.Approval.Deadline,
            hold is null ? null : core.ApprovalUrl(message.Id), last?.DecidedBy, last?.DecidedAt, last?.Reason,
            [.. recipients.Where(r => r.Kind is not RecipientKind.Bcc || Visibility.ShowsBcc(principal, message)).Select(r => new RecipientView(r.Address, r.Kind.ToString().ToLowerInvariant(), r.State.ToString().ToLowerInvariant(), r.Code, Clean.OptionalLine(r.Detail), r.NextAt))],
            [.. leaves.Reverse().Select(LeafReading.Parse).Where(l => l.Event != LeafNames.ApprovalViewed).Select(l => new TimelineEntry(l.At, l.Event, l.Reason))])
        {
            Version = message.Version,
        };
    }
}
