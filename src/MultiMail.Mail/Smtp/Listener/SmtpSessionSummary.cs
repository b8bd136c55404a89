namespace MultiMail.Mail;

/// <summary>What one connection came to.</summary>
/// <param name="Accepted">Messages answered with 250.</param>
/// <param name="Refused">Commands and messages answered with 5xx.</param>
public sealed record SmtpSessionSummary(int Accepted, int Refused, bool Tls, SmtpSessionEnd End);

public enum SmtpSessionEnd
{
    /// <summary>QUIT, or the client closed.</summary>
    Left,

    /// <summary>It broke a rule that no session survives.</summary>
    Broken,

    TooSlow,
    TooManyErrors,
    Stopped,
}
