using MultiMail.Core.Evidence;

namespace MultiMail.Web.Dashboard;

/// <summary>Evidence in the words of the pages.</summary>
internal static class EvidenceWords
{
    public static string Name(string criterion) => criterion switch
    {
        "decisions" => "Messages that people decided",
        "days" => "Days from the first to the last decision",
        "lower_bound" => "Share approved unchanged, at least (95 % sure)",
        "bad_rejects" => "Rejected for a wrong recipient, false content or a leak",
        "bounces" => "Bounced, of the last 1,000 sent",
        "complaints" => "Complained about, of the last 1,000 sent",
        "view_time" => "Time from opening to deciding, median",
        "canaries" => "Canaries that reviewers stopped",
        "monitored_days" => "Days in monitored",
        "incidents" => "Incidents in that time",
        "recipient_policy" => "A bound on whom it writes to",
        _ => Words.Plain(criterion),
    };

    public static string Summary(PromotionVerdict verdict)
    {
        var missing = verdict.Criteria.Count(c => !c.Met);
        return verdict.Met
            ? $"It has shown everything that {Words.Plain(verdict.Mode)} asks for."
            : $"{missing} of {verdict.Criteria.Count} things that {Words.Plain(verdict.Mode)} asks for are not shown yet.";
    }

    public static string Demoted(string? reason) => reason switch
    {
        DemotionReasons.ComplaintSpike => "recipients complained",
        DemotionReasons.Bounces => "too much of its mail bounced",
        DemotionReasons.KeyLeak => "a key that sends from it leaked",
        DemotionReasons.InjectionThread => "it tried to answer a conversation that was flagged",
        _ => Words.Plain(reason ?? "unknown"),
    };
}
