using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Identity;

/// <summary>The compact JWS (RFC 7515 §7.1) of an identity header: ES256 over RFC 8785 claims.</summary>
internal static class IdentityToken
{
    public const string Algorithm = "ES256";
    public const string Type = "mm-agent+jws";

    public static string Sign(IdentityClaims claims, IdentityKey key)
    {
        var signed = $"{Header(key.Public.Kid)}.{Base64Url.EncodeToString(Payload(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>How the log names a token: it binds header and body of the message, and no reader of the log can guess it.</summary>
    public static string Digest(string token) => Digests.Text(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    internal static string Header(string kid) =>
        Base64Url.EncodeToString(new CanonicalJson().BeginObject().Member("alg", Algorithm).Member("kid", kid).Member("typ", Type).EndObject().ToBytes());

    internal static byte[] Payload(IdentityClaims claims)
    {
        var json = new CanonicalJson().BeginObject().Optional("agent_id", claims.AgentId);
        if (claims.AiAssisted)
        {
            json.Name("ai_assisted").Value(true);
        }

        json.Name("ai_generated").Value(claims.AiGenerated);
        json.Member("approval", claims.Approval).Member("bh", claims.BodyHash).Optional("category", claims.Category)
            .Member("hh", claims.HeaderHash).Member("hn", MessageDigests.ListVersion).Member("iat", claims.IssuedAt.ToUnixTimeSeconds())
            .Member("iss", claims.Issuer).Member("jti", claims.MessageIdField);
        if (claims.LogOrigin is { } origin)
        {
            json.Name("log").BeginObject().Member("origin", origin).EndObject();
        }

        return json.Member("operator", claims.OperatorName).Member("oversight_mode", claims.OversightMode)
            .Optional("rh", claims.RecipientHash).Member("v", 1).EndObject().ToBytes();
    }
}
