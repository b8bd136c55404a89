using System.Text;
using System.Text.Json;

namespace MultiMail.Core.Identity;

/// <summary>A token taken apart, nothing of it believed yet.</summary>
internal sealed record IdentityReading(string Kid, IdentityClaims Claims, byte[] Signed, byte[] Signature)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Strict: every token has one spelling, and a header says nothing that could choose the key or the way to check it.</summary>
    /// <param name="fault">What is wrong; null when it could be read.</param>
    public static IdentityReading? Parse(string token, out string? fault)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !CanonicalBase64Url.TryDecode(parts[0], out var header) || !CanonicalBase64Url.TryDecode(parts[1], out var payload) ||
            !CanonicalBase64Url.TryDecode(parts[2], out var signature))
        {
            fault = "it is not three parts of canonical base64url";
            return null;
        }

        if (signature.Length != 64)
        {
            fault = "the signature has not 64 bytes";
            return null;
        }

        try
        {
            var kid = ReadKid(header, out fault);
            var claims = kid is null ? null : ReadClaims(payload, out fault);
            return claims is null ? null : new IdentityReading(kid!, claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            fault = "header or claims are not the JSON that they must be";
            return null;
        }
    }

    private static string? ReadKid(byte[] utf8, out string? fault)
    {
        using var json = JsonDocument.Parse(utf8, Strict);
        var root = json.RootElement;
        fault = null;
        if (root.GetProperty("alg").GetString() != IdentityToken.Algorithm || root.GetProperty("typ").GetString() != IdentityToken.Type)
        {
            fault = $"its algorithm or type is not {IdentityToken.Algorithm} and {IdentityToken.Type}";
        }
        else if (root.EnumerateObject().FirstOrDefault(member => member.Name is not ("alg" or "kid" or "typ")) is { Value.ValueKind: not JsonValueKind.Undefined })
        {
            // jwk, jku, x5u, x5c let a signer bring its own key; crit asks for what we do not know (RFC 7515 §4.1).
            fault = "its header has members other than alg, kid and typ";
        }

        return fault is null ? root.GetProperty("kid").GetString() ?? throw new JsonException("No kid.") : null;
    }

    private static IdentityClaims? ReadClaims(byte[] utf8, out string? fault)
    {
        using var json = JsonDocument.Parse(utf8, Strict);
        var root = json.RootElement;
        fault = root.GetProperty("v").GetInt32() == 1 && root.GetProperty("hn").GetInt32() == MessageDigests.ListVersion
            ? null
            : "it is of a version that is not known here";
        return fault is not null ? null : new IdentityClaims(
            Text(root, "iss"),
            Text(root, "jti"),
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(root.GetProperty("iat").GetInt64(), 0, 253_402_300_799)),
            Optional(root, "agent_id"),
            Text(root, "operator"),
            root.GetProperty("ai_generated").GetBoolean(),
            root.TryGetProperty("ai_assisted", out var assisted) && assisted.GetBoolean(),
            Text(root, "oversight_mode"),
            Text(root, "approval"),
            Optional(root, "category"),
            Text(root, "hh"),
            Text(root, "bh"),
            Optional(root, "rh"),
            root.TryGetProperty("log", out var log) ? Optional(log, "origin") : null);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? throw new JsonException("A claim is null.");

    private static string? Optional(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
