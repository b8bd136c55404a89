using System.Text.Json;

namespace MultiMail.Core.Identity;

/// <summary>A set of public identity keys as a JWK Set (RFC 7517 §5), with members of our own that say what became of each.</summary>
public static class JsonWebKeys
{
    private const int MaxKeys = 1_000;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static byte[] Write(IEnumerable<IssuerKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                Write(json, key);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static byte[] Write(IssuerKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, key);
        }

        return buffer.ToArray();
    }

    /// <summary>The P-256 keys of a set, or of a single key; keys of other kinds are passed over (RFC 7517 §5).</summary>
    /// <param name="fault">What is wrong with the text, when it is not a set.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out IReadOnlyList<IssuerKey> keys, out string? fault)
    {
        keys = [];
        try
        {
            using var json = JsonDocument.Parse(utf8.ToArray(), Strict);
            var root = json.RootElement;
            var list = root.ValueKind is JsonValueKind.Object && root.TryGetProperty("keys", out var many) && many.ValueKind is JsonValueKind.Array
                ? [.. many.EnumerateArray()]
                : new List<JsonElement> { root };
            var found = list.Take(MaxKeys).Where(IsP256).Select(Read).ToList();
            fault = found.Contains(null) ? "a P-256 key's members are not valid, or its kid is not its RFC 7638 thumbprint" : found.Count == 0 ? "there is no P-256 key in it" : null;
            keys = fault is null ? [.. found.OfType<IssuerKey>()] : [];
        }
        catch (JsonException)
        {
            fault = "it is not JSON";
        }

        return fault is null;
    }

    private static bool IsP256(JsonElement key) => key.ValueKind is JsonValueKind.Object && Text(key, "kty") == "EC" && Text(key, "crv") == "P-256";

    private static IssuerKey? Read(JsonElement key)
    {
        var (x, y) = (Text(key, "x"), Text(key, "y"));
        if (!CanonicalBase64Url.TryDecode(x, out var xBytes) || !CanonicalBase64Url.TryDecode(y, out var yBytes) || xBytes.Length != 32 || yBytes.Length != 32 ||
            key.TryGetProperty("d", out _))
        {
            return null;
        }

        var plain = IssuerKey.Of(x!, y!); // Decoded just above, so not null.
        return key.TryGetProperty("kid", out _) && Text(key, "kid") != plain.Kid
            ? null
            : plain with
            {
                NotBefore = Time(key, "nbf"),
                NotAfter = Time(key, "exp"),
                Status = Text(key, "status"),
                RevokedAt = Time(key, "revoked_at"),
                Reason = Text(key, "reason"),
            };
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static void Write(Utf8JsonWriter json, IssuerKey key)
    {
        json.WriteStartObject();
        json.WriteString("kty", "EC");
        json.WriteString("crv", "P-256");
        json.WriteString("alg", IdentityToken.Algorithm);
        json.WriteString("use", "sig");
        json.WriteString("kid", key.Kid);
        json.WriteString("x", key.X);
        json.WriteString("y", key.Y);
        Write(json, "nbf", key.NotBefore);
        Write(json, "exp", key.NotAfter);
        Write(json, "status", key.Status);
        Write(json, "revoked_at", key.RevokedAt);
        Write(json, "reason", key.Reason);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            json.WriteNumber(name, time.ToUnixTimeSeconds());
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
