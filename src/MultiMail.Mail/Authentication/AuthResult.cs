namespace MultiMail.Mail;

/// <summary>What a method says about a message, in the words of RFC 8601 §2.7.</summary>
public enum AuthResult
{
    /// <summary>Nothing to check: no signature, no record.</summary>
    None,

    Pass,

    Fail,

    /// <summary>SPF only: a weak fail.</summary>
    SoftFail,

    /// <summary>The domain says nothing (SPF), or the signature cannot be processed (DKIM).</summary>
    Neutral,

    /// <summary>DKIM only: right by itself, but not acceptable here.</summary>
    Policy,

    /// <summary>DNS did not answer: a later attempt may tell.</summary>
    TempError,

    /// <summary>What was published or signed is wrong: a later attempt will say the same.</summary>
    PermError,
}

public static class AuthResults
{
    /// <summary>The word of RFC 8601 §2.7, lower case.</summary>
    public static string Word(this AuthResult result) => result switch
    {
        AuthResult.None => "none",
        AuthResult.Pass => "pass",
        AuthResult.Fail => "fail",
        AuthResult.SoftFail => "softfail",
        AuthResult.Neutral => "neutral",
        AuthResult.Policy => "policy",
        AuthResult.TempError => "temperror",
        AuthResult.PermError => "permerror",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
