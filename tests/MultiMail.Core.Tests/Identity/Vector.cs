using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MultiMail.Core.Identity;

namespace MultiMail.Core.Tests.Identity;

/// <summary>A signed message worked out by two other implementations, with the public example key of RFC 7515 A.3.</summary>
internal static class Vector
{
    public const string BodyHash = "iqJohkgB3VrWnWHLEQjHRPfqSmjuI8h0_DJnebgkncw";
    public const string HeaderHash = "O7NC2fosdA46XRcue_9cZvSldrAehsmPcrj40lLEC9s";
    public const string RecipientHash = "iLDz4GuS-CjeBEP_zNI10_vARDP2z-MQ1M2IZHG_FlM";
    public const string Kid = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U";
    public const string MessageIdField = "msg_01HX9K3ZQABCDEF@example.test";

    public const string Payload =
        """{"agent_id":"crm-agent-v1","ai_generated":true,"approval":"human","bh":"iqJohkgB3VrWnWHLEQjHRPfqSmjuI8h0_DJnebgkncw","category":"transactional","hh":"O7NC2fosdA46XRcue_9cZvSldrAehsmPcrj40lLEC9s","hn":1,"iat":1795329000,"iss":"https://mail.example.test","jti":"msg_01HX9K3ZQABCDEF@example.test","operator":"Example GmbH","oversight_mode":"gated_send","v":1}""";

    public const string Signature = "4A4ncdMdljrnDjntraNQ5m2hcVnx1ibr-wzPdN_89E0atL8_IfrYGdG9P5b5Rknxj7EOdnoKnxBpiP1EgqYKdQ";

    public const string Plain =
        "From: \"CRM Agent\" <crm@example.test>\r\nTo: alice@recipient.test\r\nSubject: Order  4711\r\nDate: Sun, 22 Nov 2026 06:30:00 +0000\r\n" +
        "Message-ID: <msg_01HX9K3ZQABCDEF@example.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\nAuto-Submitted: auto-generated\r\n\r\n" +
        "This message was written and sent by an AI agent (crm-agent-v1) on behalf of Example GmbH.\r\n\r\nHello Alice,\r\nyour order  has shipped. \r\n\r\n\r\n";

    private const string X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private const string Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    private const string D = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

    public static IssuerKey PublicKey => IssuerKey.Of(X, Y);

    public static string JwkSet => $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}]}""";

    public static IdentityKey Key()
    {
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Base64Url.DecodeFromChars(D),
            Q = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
        });
        return IdentityKey.Import(ecdsa.ExportPkcs8PrivateKey());
    }

    public static string Token => $"{IdentityToken.Header(Kid)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Payload))}.{Signature}";

    public static IdentityClaims Claims => new(
        "https://mail.example.test", MessageIdField, DateTimeOffset.FromUnixTimeSeconds(1_795_329_000), "crm-agent-v1", "Example GmbH", AiGenerated: true,
        AiAssisted: false, "gated_send", ApprovalClaims.Human, "transactional", HeaderHash, BodyHash, RecipientHash: null, LogOrigin: null);

    public static string With(string token, string? message = null) => $"{IdentityField.Name}: {IdentityField.Fold(token)}\r\n{message ?? Plain}";

    public static Verification Check(string message, Func<VerificationBasis, VerificationBasis>? change = null)
    {
        var basis = new VerificationBasis { Keys = [PublicKey] };
        return IdentityVerifier.Verify(Encoding.UTF8.GetBytes(message), change?.Invoke(basis) ?? basis);
    }

    public static PartResult? Part(this Verification found, string name) => found.Parts.FirstOrDefault(part => part.Name == name)?.Result;
}
