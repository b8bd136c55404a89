namespace MultiMail.Core.Suppression;

/// <param name="Reason"><c>hard_bounce</c>, <c>complaint</c>, <c>manual</c> or <c>unsubscribe</c>.</param>
/// <param name="MessageId">The message that led to it.</param>
public sealed record SuppressionView(string Address, string Reason, string? MessageId, string CreatedBy, DateTimeOffset CreatedAt);

public sealed record SuppressionList(IReadOnlyList<SuppressionView> Suppressions, string? NextCursor);

public sealed record SuppressionRequest
{
    /// <summary>Only this address; the way to ask whether it is suppressed.</summary>
    public string? Address { get; init; }

    /// <summary>1 to 100; 50 unless asked.</summary>
    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}
