namespace MultiMail.Mail;

/// <summary>A bound on what the sessions of one listener keep in memory together.</summary>
/// <param name="octets">How many at once.</param>
public sealed class SmtpMemoryBudget(long octets)
{
    private long _left = octets;

    internal bool TryTake(int octets)
    {
        if (Interlocked.Add(ref _left, -octets) >= 0)
        {
            return true;
        }

        Give(octets);
        return false;
    }

    internal void Give(int octets) => Interlocked.Add(ref _left, octets);
}
