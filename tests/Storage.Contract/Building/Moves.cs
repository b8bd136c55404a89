namespace Storage.Contract.Building;

/// <summary>Transitions as the kernel answers them.</summary>
public static class Moves
{
    public static Moved Hold { get; } = new(MessageState.Pending, Leaf.SendHeld, Effects.OpenApproval);

    public static Moved Save { get; } = new(MessageState.Draft, Leaf.DraftSaved, Effects.None);

    public static Moved Release { get; } = new(MessageState.Queued, Leaf.SendReleased, Effects.MakeApproved | Effects.Enqueue);

    public static Moved Schedule { get; } = new(MessageState.Scheduled, Leaf.SendScheduled, Effects.None);

    public static Moved Approve { get; } = new(MessageState.Queued, Leaf.Approved, Effects.MakeApproved | Effects.Enqueue);

    public static Moved Attempt { get; } = new(MessageState.Sending, Leaf.Attempted, Effects.None);

    public static Moved Receive { get; } = new(MessageState.Received, Leaf.InboundReceived, Effects.None);

    public static Moved HoldInbound { get; } = new(MessageState.Held, Leaf.InboundHeld, Effects.OpenApproval);

    public static ApprovedMessage Approved(Message message, DateTimeOffset now) => ApprovedMessage.From(Approve, message, now);
}
