namespace MultiMail.Core.Messages;

/// <summary>Which messages a principal may know of at all.</summary>
internal static class Visibility
{
    /// <summary>Inbound mail that a person has not let through does not exist for agents.</summary>
    public static readonly IReadOnlyList<MessageState> HiddenInbound = [MessageState.Held, MessageState.Quarantined];

    public static bool Shows(Principal principal, Message message) =>
        principal.Sees(message.World) && principal.Uses(message.Mailbox) &&
        (principal.MayDecide || (!HiddenInbound.Contains(message.State) && !IsUnsentOfAnother(principal, message)));

    // What waits, or never left, is between its submitter and a person; once it leaves, it is the mailbox's.
    private static bool IsUnsentOfAnother(Principal principal, Message message) =>
        message.Direction is Direction.Outbound && message.SubmitterLineage != principal.Lineage &&
        message.State is not (MessageState.Sending or MessageState.Delivered or MessageState.Bounced or MessageState.Failed);

    /// <summary>Who got it unseen by the others is between its submitter and those who decide.</summary>
    public static bool ShowsBcc(Principal principal, Message message) => principal.MayDecide || message.SubmitterLineage == principal.Lineage;

    /// <summary>A query that already has what this principal must not see taken out.</summary>
    public static MessageQuery Query(Principal principal, int limit) => new(principal.Account, limit)
    {
        World = principal.World,
        Mailboxes = principal.Mailboxes,
        NotStates = HiddenInbound,
        UnsentOf = principal.MayDecide ? null : principal.Lineage,
    };
}
