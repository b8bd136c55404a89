namespace MultiMail.Core.Suppression.Reputation;

/// <summary>How many of a mailbox's last messages to other servers met what.</summary>
/// <param name="Sent">Handed to a relay, at most <see cref="MailboxReputation.Window"/>.</param>
/// <param name="HardBounces">Messages to addresses that do not exist.</param>
/// <param name="Complaints">Messages that a recipient reported as unwanted.</param>
public sealed record SentCounts(int Sent, int HardBounces, int Complaints);

public enum ReputationLevel
{
    Good,
    Warn,

    /// <summary>No commercial mail leaves the mailbox.</summary>
    Stop,
}

/// <summary>
/// CS-14: the rates of a mailbox's last 1,000 messages to other servers. Mail inside this server counts for nothing: an agent could
/// thin its complaints with it.
/// </summary>
public sealed record MailboxReputation(SentCounts Counts)
{
    public const int Window = 1_000;

    /// <summary>Complaints that stop: 0.3 % of a full window. With fewer no rate stops, so that one grumbler does not silence a small mailbox.</summary>
    public const int LeastComplaints = 3;

    /// <summary>The same for hard bounces.</summary>
    public const int LeastBounces = 5;

    /// <summary>0 to 1.</summary>
    public double ComplaintRate => Rate(Counts.Complaints);

    /// <summary>0 to 1.</summary>
    public double HardBounceRate => Rate(Counts.HardBounces);

    /// <summary>Warns from 0.1 %, stops from 0.3 %.</summary>
    public ReputationLevel Complaints =>
        Counts.Complaints >= LeastComplaints && Counts.Complaints * 1_000L >= Counts.Sent * 3L ? ReputationLevel.Stop
        : Counts.Complaints > 0 && Counts.Complaints * 1_000L >= Counts.Sent ? ReputationLevel.Warn
        : ReputationLevel.Good;

    /// <summary>Warns from 2 %, stops from 5 %.</summary>
    public ReputationLevel HardBounces =>
        Counts.HardBounces >= LeastBounces && Counts.HardBounces * 100L >= Counts.Sent * 5L ? ReputationLevel.Stop
        : Counts.HardBounces > 0 && Counts.HardBounces * 100L >= Counts.Sent * 2L ? ReputationLevel.Warn
        : ReputationLevel.Good;

    /// <summary>The worse of the two.</summary>
    public ReputationLevel Level => (ReputationLevel)Math.Max((int)Complaints, (int)HardBounces);

    private double Rate(int count) => Counts.Sent == 0 ? 0 : (double)count / Counts.Sent;
}
