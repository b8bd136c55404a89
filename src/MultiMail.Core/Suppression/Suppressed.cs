namespace MultiMail.Core.Suppression;

public enum SuppressionReason
{
    /// <summary>The address does not exist: a relay or a bounce said 5.1.x.</summary>
    HardBounce,

    /// <summary>The recipient reported a message as unwanted.</summary>
    Complaint,

    /// <summary>A person or a key put it there: never mail this address again.</summary>
    Manual,

    /// <summary>The recipient asked for no more mail, by link or by mail.</summary>
    Unsubscribe,

    /// <summary>Everything about the address was erased at its owner's wish. Only a keyed hash of it is left.</summary>
    Erasure,
}

/// <summary>An address that gets no more mail of this account, and why.</summary>
/// <param name="Address">As it was written; the name of its keyed hash when the reason is <see cref="SuppressionReason.Erasure"/>.</param>
/// <param name="Source">The message that led to it.</param>
/// <param name="CreatedBy">Public id of the principal, <c>recipient</c> or <c>system</c>.</param>
public sealed record Suppressed(AccountId Account, string Address, SuppressionReason Reason, MessageId? Source, string CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>Why, in the words of whoever put it there; for people.</summary>
    public string? Note { get; init; }

    /// <summary>How addresses are compared: without regard to case.</summary>
    public static string KeyOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.ToLowerInvariant();
    }

    /// <summary>
    /// CS-09. Who only unsubscribed still gets what he asks for: answers in a conversation, and what a transaction owes him. Every other
    /// reason stops all mail.
    /// </summary>
    /// <param name="category">Of the message; null or unclassified counts as commercial.</param>
    public static bool Blocks(SuppressionReason reason, string? category) =>
        reason is not SuppressionReason.Unsubscribe || category is not ("conversational" or "transactional");

    public bool Blocks(string? category) => Blocks(Reason, category);
}

/// <summary>The reasons' names on the wire and in the store.</summary>
public static class SuppressionReasons
{
    /// <summary>All that a list may ask for.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<SuppressionReason>().Select(Name)];

    public static string Name(SuppressionReason reason) => reason switch
    {
        SuppressionReason.HardBounce => "hard_bounce",
        SuppressionReason.Complaint => "complaint",
        SuppressionReason.Manual => "manual",
        SuppressionReason.Unsubscribe => "unsubscribe",
        SuppressionReason.Erasure => "erasure",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    /// <summary>Also takes <c>bounce</c>, the short name that callers use.</summary>
    public static bool TryParse(string? name, out SuppressionReason reason)
    {
        foreach (var one in Enum.GetValues<SuppressionReason>())
        {
            if (name == Name(one) || (name == "bounce" && one is SuppressionReason.HardBounce))
            {
                reason = one;
                return true;
            }
        }

        reason = default;
        return false;
    }
}
