namespace MultiMail.Core.Identity;

public enum PartResult
{
    Pass,
    Fail,

    /// <summary>It could not be found out.</summary>
    Unknown,
}

/// <summary>One thing that was checked.</summary>
/// <param name="Name"><c>signature</c>, <c>hh</c>, <c>bh</c>, <c>rcpt</c>, <c>agent_status</c>, <c>log_inclusion</c> or <c>dkim</c>.</param>
/// <param name="Detail">Why it did not pass.</param>
public sealed record VerifiedPart(string Name, PartResult Result, string? Detail = null);

/// <summary>What is known of a message's origin.</summary>
/// <param name="Claims">Null unless the signature holds: before that they are anybody's words.</param>
public sealed record Verification(string Overall, IReadOnlyList<VerifiedPart> Parts, IdentityClaims? Claims)
{
    public const string Verified = "verified";

    /// <summary>The signed header holds and the body is another: a mailing list that added a footer, or worse.</summary>
    public const string SignedButModified = "signed_but_modified";
    public const string Invalid = "invalid";
    public const string Undetermined = "undetermined";

    internal static Verification Of(IReadOnlyList<VerifiedPart> parts, IdentityClaims? claims)
    {
        var failed = parts.Where(part => part.Result is PartResult.Fail).Select(part => part.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = parts.Any(part => part.Result is PartResult.Unknown);

        // A changed body breaks DKIM as well: that is the same finding once more.
        var onlyBody = failed.Contains("bh") && failed.All(name => name is "bh" or "dkim");
        var overall = (failed.Count, unknown) switch
        {
            (0, false) => Verified,
            (0, true) => Undetermined,
            _ => onlyBody && !unknown ? SignedButModified : Invalid,
        };
        return new Verification(overall, parts, parts.Any(part => part is { Name: "signature", Result: PartResult.Pass }) ? claims : null);
    }
}

/// <summary>What a check of a message goes by.</summary>
public sealed record VerificationBasis
{
    /// <summary>Keys whose holder is known: the caller says whose word they are.</summary>
    public required IReadOnlyList<IssuerKey> Keys { get; init; }

    /// <summary>Who got this copy; null = not asked.</summary>
    public string? Recipient { get; init; }

    /// <summary>Proof that the log has the intent to send this message; null = not asked.</summary>
    public LogProof? Proof { get; init; }
}
