namespace MultiMail.Mail;

/// <summary>Why a signature or key is not used.</summary>
internal sealed record DkimFault(AuthResult Result, string Reason)
{
    /// <summary>RFC 8601 §2.7.1: syntax errors, and what cannot be processed.</summary>
    public static DkimFault Neutral(string reason) => new(AuthResult.Neutral, reason);

    public static DkimFault Permanent(string reason) => new(AuthResult.PermError, reason);

    public static DkimFault Policy(string reason) => new(AuthResult.Policy, reason);

    public static DkimFault Fail(string reason) => new(AuthResult.Fail, reason);
}
