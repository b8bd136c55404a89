namespace MultiMail.Mail;

/// <summary>What a listening server may set. The defaults are those of docs/receiving.md.</summary>
/// <param name="ServerName">Our host name, in greetings and replies.</param>
public sealed record SmtpListenerOptions(string ServerName)
{
    /// <summary>Octets of one message after dot-unstuffing; offered as SIZE (RFC 1870).</summary>
    public int MaxMessageBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>RFC 5321 §4.5.3.1.8 asks for at least 100.</summary>
    public int MaxRecipients { get; init; } = 100;

    /// <summary>Refused commands that one session may have; the next one ends it with 421.</summary>
    public int MaxErrors { get; init; } = 10;

    /// <summary>Commands without a message in between (NOOP, RSET, a MAIL that comes to nothing); each one more is an error.</summary>
    public int MaxIdleCommands { get; init; } = 500;

    /// <summary>RFC 5321 §4.5.3.2.7: at least five minutes for a command, and for what we send to be taken.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long DATA may bring nothing.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Octets per second that DATA must have brought on average once <see cref="DataGrace"/> is over.</summary>
    public int MinDataRate { get; init; } = 500;

    public TimeSpan DataGrace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a client must wait for the greeting: one that speaks earlier is a machine that does not listen.</summary>
    public TimeSpan GreetingPause { get; init; } = TimeSpan.Zero;

    /// <summary>Octets of messages that all sessions with this budget hold together; beyond it 452. Null = no common bound.</summary>
    public SmtpMemoryBudget? Memory { get; init; }
}
