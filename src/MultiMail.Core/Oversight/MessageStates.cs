namespace MultiMail.Core.Oversight;

/// <summary>The states' names on the wire and in the store.</summary>
public static class MessageStates
{
    private static readonly Dictionary<string, MessageState> ByName =
        Enum.GetValues<MessageState>().ToDictionary(Name, StringComparer.Ordinal);

    public static string Name(MessageState state) => state switch
    {
        MessageState.None => "none",
        MessageState.Draft => "draft",
        MessageState.Pending => "pending",
        MessageState.Scheduled => "scheduled",
        MessageState.Queued => "queued",
        MessageState.Sending => "sending",
        MessageState.Delivered => "delivered",
        MessageState.Bounced => "bounced",
        MessageState.Failed => "failed",
        MessageState.Rejected => "rejected",
        MessageState.Cancelled => "cancelled",
        MessageState.Expired => "expired",
        MessageState.Discarded => "discarded",
        MessageState.Received => "received",
        MessageState.Held => "held",
        MessageState.Quarantined => "quarantined",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a message state."),
    };

    public static MessageState Parse(string name) => ByName[name];

    /// <summary>A byte of it may have left.</summary>
    public static bool HasLeft(MessageState state) => state is MessageState.Sending or MessageState.Delivered or MessageState.Bounced;

    /// <summary>Nobody outside has it, and as it stands nobody will.</summary>
    public static bool StaysHere(MessageState state) => state is MessageState.Draft or MessageState.Rejected or MessageState.Cancelled or MessageState.Expired;

    public static bool IsTerminal(MessageState state) => state is MessageState.Delivered or MessageState.Bounced or MessageState.Failed
        or MessageState.Rejected or MessageState.Cancelled or MessageState.Expired or MessageState.Discarded;
}
