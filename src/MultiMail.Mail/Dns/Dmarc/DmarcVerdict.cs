namespace MultiMail.Mail;

/// <summary>What the author's domain asks to be done with mail that fails.</summary>
public enum DmarcPolicy
{
    None,
    Quarantine,
    Reject,
}

/// <summary>Whether the domain that a reader sees in From stands behind the message (RFC 9989).</summary>
/// <param name="Result"><see cref="AuthResult.None"/> = the domain has no policy; <see cref="AuthResult.PermError"/> also for a message without exactly one author domain.</param>
/// <param name="FromDomain">Lower case; empty when the message has no single author domain.</param>
/// <param name="OrganizationalDomain">The domain that <paramref name="FromDomain"/> belongs to; empty when it could not be found.</param>
/// <param name="Policy">What holds for this message: sp=, np= and t= are applied.</param>
/// <param name="PolicyDomain">Whose record it is; empty without one.</param>
/// <param name="Reason">Why it is no pass; empty for one.</param>
public sealed record DmarcVerdict(
    AuthResult Result,
    string FromDomain,
    string OrganizationalDomain,
    DmarcPolicy Policy,
    string PolicyDomain,
    bool SpfAligned,
    bool DkimAligned,
    string Reason)
{
    /// <summary>SPF or DKIM passed for a domain aligned with the author's.</summary>
    public bool Aligned => SpfAligned || DkimAligned;
}
