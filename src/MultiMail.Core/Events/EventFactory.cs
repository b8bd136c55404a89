using MultiMail.Core.Node;
using System.Buffers;
using System.Text.Json;

namespace MultiMail.Core.Events;

/// <summary>Events as the outside may read them: ids, states, the mailbox's own address, and a decider's reason.</summary>
internal sealed class EventFactory(CoreContext core)
{
    /// <param name="reason">Why a person rejected the message or sent it back; null for every other event.</param>
    public DomainEvent OfMessage(EventId id, string type, Message message, string mailboxAddress, DateTimeOffset now, string? reason = null)
    {
        var body = Body(id, type, message.World, now, data =>
        {
            data.WriteString("message_id", core.Ids.Format(message.Id));
            data.WriteString("mailbox", mailboxAddress);
            data.WriteString("thread_id", core.Ids.Format(message.Thread));
            data.WriteString("status", MessageStates.Name(message.State));
            if (reason is not null)
            {
                data.WriteString("rejection_reason", reason);
            }
        });
        return new DomainEvent(id, message.Account, type, message.World, message.Mailbox, message.Id, body, now);
    }

    public DomainEvent ModeChanged(EventId id, Mailbox mailbox, DateTimeOffset now)
    {
        var body = Body(id, EventTypes.ModeChanged, World.Live, now, data =>
        {
            data.WriteString("mailbox", mailbox.Address);
            data.WriteString("oversight_mode", Modes.Name(mailbox.Mode));
        });
        return new DomainEvent(id, mailbox.Account, EventTypes.ModeChanged, World.Live, mailbox.Id, null, body, now);
    }

    /// <param name="mailboxAddress">Of the mailbox it is about; null = it is about none.</param>
    /// <param name="reason">Why a person rejected it.</param>
    public DomainEvent OfRequest(EventId id, ChangeRequest request, string? mailboxAddress, DateTimeOffset now, string? reason = null)
    {
        var type = request.Status is RequestStatus.Pending ? EventTypes.RequestPending : EventTypes.RequestDecided;
        var body = Body(id, type, World.Live, now, data =>
        {
            data.WriteString("request_id", core.Ids.Format(request.Id));
            data.WriteString("kind", request.Kind);
            data.WriteString("status", RequestStatuses.Name(request.Status));
            if (mailboxAddress is not null)
            {
                data.WriteString("mailbox", mailboxAddress);
            }

            if (reason is not null)
            {
                data.WriteString("rejection_reason", reason);
            }
        });
        return new DomainEvent(id, request.Account, type, World.Live, request.Mailbox, null, body, now);
    }

    /// <summary>The event that a transition tells, if it tells one.</summary>
    public static string? TypeOf(Moved moved) => (moved.Leaf, moved.To) switch
    {
        (Leaf.SendHeld, _) => EventTypes.Pending,
        (Leaf.Approved, MessageState.Queued or MessageState.Scheduled) => EventTypes.Approved,
        (Leaf.Rejected, _) => EventTypes.Rejected,
        (Leaf.ChangesRequested, _) => EventTypes.ChangesRequested,
        (Leaf.Expired, _) => EventTypes.Expired,
        (Leaf.Cancelled, _) => EventTypes.Cancelled,
        (Leaf.Discarded, _) => EventTypes.Discarded,
        (Leaf.InboundReceived or Leaf.InboundReleased, _) => EventTypes.Inbound,
        (Leaf.InboundHeld, _) => EventTypes.Held,
        (_, MessageState.Delivered) => EventTypes.Delivered,
        (_, MessageState.Bounced) => EventTypes.Bounced,
        (_, MessageState.Failed) => EventTypes.Failed,
        _ => null,
    };

    private byte[] Body(EventId id, string type, World world, DateTimeOffset now, Action<Utf8JsonWriter> writeData)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", core.Ids.Format(id));
            json.WriteString("type", type);
            json.WriteString("created_at", Text.Rfc3339.Format(now));
            json.WriteBoolean("livemode", world is World.Live);
            json.WriteStartObject("data");
            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
