using MultiMail.Core.Node;
using System.Text.Json;

namespace MultiMail.Core.Events;

/// <summary>Events as the outside may read them: ids, states, the mailbox's own address, and a decider's reason.</summary>
internal sealed class EventFactory(CoreContext core)
{
    public DomainEvent OfMessage(EventId id, string type, Message message, string mailboxAddress, DateTimeOffset now, string? reason = null)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", core.Ids.Format(id));
            json.WriteString("type", type);
            json.WriteString("created_at", Text.Rfc3339.Format(now));
            json.WriteBoolean("livemode", message.World is World.Live);
            json.WriteStartObject("data");
            json.WriteString("message_id", core.Ids.Format(message.Id));
            json.WriteString("mailbox", mailboxAddress);
            json.WriteString("thread_id", core.Ids.Format(message.Thread));
            json.WriteString("status", MessageStates.Name(message.State));
            if (reason is not null)
            {
                json.WriteString("rejection_reason", reason);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new DomainEvent(id, message.Account, type, message.World, message.Mailbox, message.Id, buffer.WrittenSpan.ToArray(), now);
    }

    public DomainEvent ModeChanged(EventId id, Mailbox mailbox, DateTimeOffset now)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", core.Ids.Format(id));
            json.WriteString("type", EventTypes.ModeChanged);
            json.WriteString("created_at", Text.Rfc3339.Format(now));
            json.WriteBoolean("livemode", value: true);
            json.WriteStartObject("data");
            json.WriteString("mailbox", mailbox.Address);
            json.WriteString("oversight_mode", Modes.Name(mailbox.Mode));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new DomainEvent(id, mailbox.Account, EventTypes.ModeChanged, World.Live, mailbox.Id, null, buffer.WrittenSpan.ToArray(), now);
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
}
