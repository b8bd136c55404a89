namespace MultiMail.Core.Delivery;

/// <summary>When a recipient is tried again (RFC 5321 §4.5.4.1: at intervals of 30 minutes or more after an early second try, for days).</summary>
internal static class RetrySchedule
{
    /// <summary>After this time from the first attempt a recipient that is still deferred is given up.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(5);

    /// <summary>How long a lost answer may still explain itself before the message is sent once more.</summary>
    public static readonly TimeSpan UnknownWait = TimeSpan.FromMinutes(30);

    /// <summary>How long a relay that refused our sign-in is left alone.</summary>
    public static readonly TimeSpan SignInWait = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Steps =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4)];

    /// <param name="tries">Attempts made, this one with it; from 1.</param>
    /// <param name="message">Spreads the retries of messages that were deferred together: up to a tenth is added, always the same for one message and try.</param>
    public static TimeSpan After(int tries, MessageId message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        var step = Steps[Math.Min(tries, Steps.Length) - 1];
        return step + (step * (Spread(message, tries) / 10));
    }

    /// <returns>0 to 1, evenly.</returns>
    public static double Spread(MessageId message, int tries)
    {
        // The finaliser of SplitMix64: neighbouring ids land far apart.
        var x = unchecked((ulong)message.Value + ((ulong)tries * 0x9E3779B97F4A7C15));
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return (x ^ (x >> 31)) / (double)ulong.MaxValue;
    }
}
