using System.Globalization;

namespace MultiMail.Core.Evidence;

/// <summary>The evidence as one code of the audit log, e.g. <c>evidence n=100 k=1 lb=0.9534</c>: leaves hold no fractions, so the bound is text.</summary>
internal static class EvidenceCode
{
    public static string Of(EvidenceFacts facts) =>
        string.Create(CultureInfo.InvariantCulture, $"evidence n={facts.Decisions} k={facts.NotClean} lb={Bound(facts)}");

    /// <summary>Four digits, rounded down.</summary>
    public static string Bound(EvidenceFacts facts) => Rounded(facts).ToString("0.0000", CultureInfo.InvariantCulture);

    public static decimal Rounded(EvidenceFacts facts) => ClopperPearson.LowerInTenThousandths(facts.Decisions - facts.NotClean, facts.Decisions) / 10_000m;
}
