namespace MultiMail.Core.Oversight;

/// <summary>What is known about a message before the gate sees it: risk, timing, and the facts the kernel reads.</summary>
internal static class Assessment
{
    public const int ManyRecipients = 10;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>Flags that hold a message for a person in every mode.</summary>
    /// <param name="answersAutomatic">
    /// What it answers was sent by a machine, or has no return path. RFC 3834 §2: two machines that answer each other never end, so a person looks first.
    /// </param>
    public static IReadOnlyList<string> RiskFlags(int recipients, bool answersAutomatic) =>
        [.. recipients > ManyRecipients ? [RiskCodes.ManyRecipients] : Array.Empty<string>(), .. answersAutomatic ? [RiskCodes.ReplyToAutomatic] : Array.Empty<string>()];

    public static Timing TimingOf(DateTimeOffset? sendAt, DateTimeOffset now) => sendAt switch
    {
        null => Timing.Now,
        { } at when at > now => Timing.Future,
        { } at when now - at > Grace => Timing.Missed,
        _ => Timing.Now,
    };

    public static Approvals ApprovalsOf(Account account, IReadOnlyList<Decision> standing) =>
        new(standing.Select(d => d.Owner).Distinct(StringComparer.Ordinal).Count(), account.DualControl ? 2 : 1);
}
