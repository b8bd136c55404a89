using System.Globalization;

namespace MultiMail.Core.Evidence;

/// <summary>What a mailbox should have shown before a person gives it more freedom. Thresholds are the product's own.</summary>
internal static class PromotionRule
{
    private const int ReviewedForMonitored = 100;
    private const int ReviewedForAutonomous = 300;
    private const int MinDays = 14;
    private const int MonitoredDays = 30;
    private static readonly TimeSpan MinView = TimeSpan.FromSeconds(5);

    /// <param name="hasRecipientPolicy">A person has said to whom the mailbox writes.</param>
    public static IReadOnlyList<PromotionVerdict> Judge(EvidenceFacts facts, Mailbox mailbox, bool hasRecipientPolicy, DateTimeOffset now) =>
    [
        Verdict(Mode.Monitored, Reviewed(facts, ReviewedForMonitored)),
        Verdict(Mode.Autonomous, [.. Reviewed(facts, ReviewedForAutonomous), .. OnItsOwn(facts, mailbox, hasRecipientPolicy, now)]),
    ];

    private static PromotionVerdict Verdict(Mode mode, List<Criterion> criteria) => new(Modes.Name(mode), criteria.TrueForAll(c => c.Met), criteria);

    private static List<Criterion> Reviewed(EvidenceFacts f, int reviewed)
    {
        var sent = f.Sent;
        return
        [
            new("decisions", f.Decisions >= reviewed, Number(f.Decisions), $"at least {Number(reviewed)}"),
            new("days", f.Days >= MinDays, Number(f.Days), $"at least {Number(MinDays)}"),
            new("lower_bound", f.LowerBound >= 0.95, EvidenceCode.Bound(f), "at least 0.95"),
            new("bad_rejects", f.Rejects.Bad == 0, Number(f.Rejects.Bad), "none"),
            new("bounces", sent.Sent == 0 || sent.HardBounces * 50L < sent.Sent, Share(sent.HardBounces, sent.Sent), "under 2 %"),
            new("complaints", sent.Sent == 0 || sent.Complaints * 1_000L < sent.Sent, Share(sent.Complaints, sent.Sent), "under 0.1 %"),
            new("view_time", f.MedianView > MinView, f.MedianView is { } view ? $"{view.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s" : "nothing seen", "more than 5 s"),
            new("canaries", f.Canaries > 0 && f.CanariesRejected * 10L >= f.Canaries * 9L, f.Canaries == 0 ? "none decided" : $"{Number(f.CanariesRejected)} of {Number(f.Canaries)} stopped", "at least 90 % stopped"),
        ];
    }

    private static IEnumerable<Criterion> OnItsOwn(EvidenceFacts f, Mailbox mailbox, bool hasRecipientPolicy, DateTimeOffset now)
    {
        // Not from the promotion alone: a demotion, or a bad reject of what was held, starts the month again.
        var days = mailbox.Mode is Mode.Monitored ? (int)(now - (f.Record.ModeSince ?? mailbox.CreatedAt)).TotalDays : 0;
        yield return new("monitored_days", days >= MonitoredDays, Number(days), $"at least {Number(MonitoredDays)}");
        yield return new("incidents", f.BadRejectsInMode == 0, Number(f.BadRejectsInMode), "none");
        yield return new("recipient_policy", hasRecipientPolicy, hasRecipientPolicy ? "set" : "none", "rules for whom it writes to");
    }

    private static string Share(int part, int of) => of == 0
        ? "nothing sent to other servers"
        : $"{((double)part / of * 100).ToString("0.##", CultureInfo.InvariantCulture)} % ({Number(part)} of {Number(of)})";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
