namespace MultiMail.Core.Messages;

/// <summary>Which messages a principal may know of at all.</summary>
internal static class Visibility
{
    /// <summary>Inbound mail that a person has not let through does not exist for agents.</summary>
    public static readonly IReadOnlyList<MessageState> HiddenInbound = [MessageState.Held, MessageState.Quarantined];

    public static bool Shows(Principal principal, Message message) =>
        principal.Sees(message.World) && principal.Uses(message.Mailbox) &&
        (principal.MayDecide || !HiddenInbound.Contains(message.State));

    /// <summary>A query that already has what this principal must not see taken out.</summary>
    public static MessageQuery Query(Principal principal, int limit) => new(principal.Account, limit)
    {
        World = principal.World,
        Mailboxes = principal.Mailboxes,
        NotStates = HiddenInbound,
    };
}
