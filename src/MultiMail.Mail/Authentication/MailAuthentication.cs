using System.Net;

namespace MultiMail.Mail;

/// <summary>What is known of a message's way in; nothing of it comes from the message.</summary>
/// <param name="Client">Who connected to our own listener; null = somebody else took the mail, and SPF cannot be checked.</param>
/// <param name="ReturnPath">MAIL FROM; empty for the null path. Without it there is no SPF either.</param>
public sealed record AuthenticationContext(IPAddress? Client = null, string? Helo = null, string? ReturnPath = null);

/// <summary>What we ourselves found out about who sent a message.</summary>
/// <param name="Spf">Null = the client is not known.</param>
/// <param name="Dkim">One per signature, at most ten.</param>
public sealed record MailAuthentication(SpfVerdict? Spf, IReadOnlyList<DkimVerdict> Dkim, DmarcVerdict Dmarc)
{
    /// <summary>All signatures in one word: pass if any passes, else the nearest to it.</summary>
    public AuthResult DkimResult => Dkim.Count == 0 ? AuthResult.None : Dkim.Select(verdict => verdict.Result).MinBy(Rank);

    /// <summary>The one domain of From; empty when there is none or several.</summary>
    public string FromDomain => Dmarc.FromDomain;

    private static int Rank(AuthResult result) => result switch
    {
        AuthResult.Pass => 0,
        AuthResult.TempError => 1,
        AuthResult.Fail => 2,
        AuthResult.Policy => 3,
        AuthResult.Neutral => 4,
        _ => 5,
    };
}
