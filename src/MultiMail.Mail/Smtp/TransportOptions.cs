namespace MultiMail.Mail;

/// <summary>Limits of <see cref="MailKitTransport"/>.</summary>
public sealed record TransportOptions
{
    /// <summary>For all addresses of the relay together.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From a command, or a block of the message, to its reply. Shorter than RFC 5321 §4.5.3.2 asks: nothing is lost, it is tried again.</summary>
    public TimeSpan ReplyWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the final dot to its reply: RFC 5321 §4.5.3.2.6 asks for 10 minutes, and giving up earlier makes duplicates.</summary>
    public TimeSpan FinalReplyWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An unused connection is closed after this long.</summary>
    public TimeSpan IdleAtMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection unused for longer than this is asked (NOOP) whether it still lives before it carries a mail.</summary>
    public TimeSpan ProbeAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Then the connection is closed and another one made.</summary>
    public int MailsPerConnection { get; init; } = 100;

    /// <summary>At once, to one relay; more callers wait.</summary>
    public int ConnectionsPerRelay { get; init; } = 8;
}
