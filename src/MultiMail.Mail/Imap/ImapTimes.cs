namespace MultiMail.Mail;

/// <param name="Connect">For the connection, TLS and the greeting.</param>
/// <param name="Read">For each answer of the server.</param>
/// <param name="Renew">Length of one IDLE: RFC 2177 allows 29 minutes, Gmail ends it after nine.</param>
/// <param name="Poll">Between two looks where the server has no IDLE.</param>
/// <param name="FirstPause">Before the first reconnect; it doubles with each failure.</param>
internal sealed record ImapTimes(TimeSpan Connect, TimeSpan Read, TimeSpan Renew, TimeSpan Poll, TimeSpan FirstPause, TimeSpan LongestPause)
{
    public static ImapTimes Default { get; } = new(
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
}

/// <summary>How long to wait before the next attempt.</summary>
/// <param name="jitter">0 to 1: many nodes shall not come back at the same moment.</param>
internal sealed class Backoff(ImapTimes times, Func<double> jitter)
{
    private TimeSpan _next = times.FirstPause;

    public TimeSpan Next()
    {
        var pause = _next;
        _next = _next * 2 < times.LongestPause ? _next * 2 : times.LongestPause;
        return pause * (0.5 + (jitter() / 2));
    }

    public void Reset() => _next = times.FirstPause;
}
