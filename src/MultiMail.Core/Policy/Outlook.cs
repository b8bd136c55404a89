using MultiMail.Core.Storage;

namespace MultiMail.Core.Policy;

/// <summary>What is known about a message's risk before the gate sees it; kept with the message and shown to the approver.</summary>
/// <param name="RiskFlags">Codes of <see cref="RiskCodes"/>, in the order in which they are shown.</param>
/// <param name="Tainted">It was written after strangers' text was read.</param>
internal sealed record Outlook(IReadOnlyList<string> RiskFlags, bool Tainted)
{
    /// <summary>The newest mail of those that were read; null when it is not tainted.</summary>
    public MessageId? TaintedBy { get; init; }

    /// <summary>Where mail with the same text is counted.</summary>
    public TallyKey? Content { get; init; }
}
