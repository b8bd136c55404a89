namespace MultiMail.Core.Suppression;

public enum SuppressionReason
{
    /// <summary>The address does not exist: a relay or a bounce said 5.1.x.</summary>
    HardBounce,

    /// <summary>The recipient reported a message as unwanted.</summary>
    Complaint,

    /// <summary>A person or an administrator's key put it there.</summary>
    Manual,

    Unsubscribe,
}

/// <summary>An address that gets no more mail of this account, and why.</summary>
/// <param name="Source">The message that led to it.</param>
/// <param name="CreatedBy">Public id of the principal, or <c>system</c>.</param>
public sealed record Suppressed(AccountId Account, string Address, SuppressionReason Reason, MessageId? Source, string CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>How addresses are compared: without regard to case.</summary>
    public static string KeyOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.ToLowerInvariant();
    }
}

/// <summary>The reasons' names on the wire and in the store.</summary>
public static class SuppressionReasons
{
    public static string Name(SuppressionReason reason) => reason switch
    {
        SuppressionReason.HardBounce => "hard_bounce",
        SuppressionReason.Complaint => "complaint",
        SuppressionReason.Manual => "manual",
        SuppressionReason.Unsubscribe => "unsubscribe",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };
}
