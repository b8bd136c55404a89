namespace MultiMail.Core.Suppression;

/// <param name="Address">Null when it was erased: only a hash of it is left.</param>
/// <param name="Reason"><c>hard_bounce</c>, <c>complaint</c>, <c>manual</c>, <c>unsubscribe</c> or <c>erasure</c>.</param>
/// <param name="MessageId">The message that led to it.</param>
/// <param name="CreatedBy">Public id of a person or key, <c>recipient</c> or <c>system</c>.</param>
/// <param name="Note">Why, in the words of whoever added it; shown to those who decide.</param>
public sealed record SuppressionView(string? Address, string Reason, string? MessageId, string CreatedBy, DateTimeOffset CreatedAt, string? Note);

public sealed record SuppressionList(IReadOnlyList<SuppressionView> Suppressions, string? NextCursor);

public sealed record SuppressionRequest
{
    /// <summary>Only this address; the way to ask whether it is suppressed.</summary>
    public string? Address { get; init; }

    /// <summary>Only this reason; <c>bounce</c> is <c>hard_bounce</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Only addresses with this in them.</summary>
    public string? Search { get; init; }

    /// <summary>1 to 100; 50 unless asked.</summary>
    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

/// <param name="Lifted">Reasons that no longer stand.</param>
/// <param name="Remaining">Reasons that still do.</param>
public sealed record SuppressionRemoval(string Address, IReadOnlyList<string> Lifted, IReadOnlyList<string> Remaining);

/// <param name="Evidence">Of the recipient's later consent; null where none was needed.</param>
public sealed record SuppressionLiftView(string Address, string Reason, string? Evidence, string By, DateTimeOffset At);

/// <summary>What a list of the store asks for. The conditions hold together; by folded address and reason.</summary>
public sealed record SuppressionQuery(AccountId Account, int Limit)
{
    /// <summary>Addresses and hashes; null = all.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    public SuppressionReason? Reason { get; init; }

    /// <summary>A part of the address, without regard to case.</summary>
    public string? Part { get; init; }

    /// <summary>Exclusive: the folded address, a blank and the reason of the last row.</summary>
    public string After { get; init; } = string.Empty;
}
