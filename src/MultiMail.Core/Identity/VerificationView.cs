using MultiMail.Core.Text;

namespace MultiMail.Core.Identity;

/// <summary>A verification as programs and people get it.</summary>
/// <param name="Overall"><c>verified</c>, <c>signed_but_modified</c>, <c>invalid</c> or <c>undetermined</c>.</param>
/// <param name="Claims">Null unless the signature holds.</param>
public sealed record VerificationView(string Overall, IReadOnlyList<PartOfVerification> Parts, ClaimsView? Claims)
{
    public static VerificationView Of(Verification found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return new VerificationView(found.Overall, [.. found.Parts.Select(PartOfVerification.Of)], found.Claims is { } claims ? ClaimsView.Of(claims) : null);
    }
}

/// <param name="Result"><c>pass</c>, <c>fail</c> or <c>unknown</c>.</param>
public sealed record PartOfVerification(string Name, string Result, string? Detail)
{
    internal static PartOfVerification Of(VerifiedPart part) => new(
        part.Name,
        part.Result switch
        {
            PartResult.Pass => "pass",
            PartResult.Fail => "fail",
            _ => "unknown",
        },
        part.Detail);
}

/// <summary>What the holder of the key says. It is the signer's word, under the signer's name.</summary>
public sealed record ClaimsView(
    string Iss, string Jti, string Iat, string? AgentId, string Operator, bool AiGenerated, bool AiAssisted, string OversightMode, string Approval, string? Category, string? Log)
{
    internal static ClaimsView Of(IdentityClaims claims) => new(
        claims.Issuer, claims.MessageIdField, Rfc3339.Format(claims.IssuedAt), claims.AgentId, claims.OperatorName, claims.AiGenerated, claims.AiAssisted,
        claims.OversightMode, claims.Approval, claims.Category, claims.LogOrigin);
}
