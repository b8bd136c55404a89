using MultiMail.Core.Suppression.Reputation;

namespace MultiMail.Core.Evidence;

/// <summary>When receivers have taken a mailbox's mail badly enough to take its freedom. In whole numbers: 3 of 1,000 is 0.3 %, not a hair less.</summary>
public static class DemotionRule
{
    /// <summary>Hard bounces above 5 %, and at least three of them.</summary>
    public static bool BouncesTooMuch(SentCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return counts.HardBounces >= 3 && counts.HardBounces * 100L > counts.Sent * 5L;
    }

    /// <summary>Complaints of 0.3 % or more, and at least two of them.</summary>
    public static bool ComplaintSpike(SentCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return counts.Complaints >= 2 && counts.Complaints * 1_000L >= counts.Sent * 3L;
    }
}
