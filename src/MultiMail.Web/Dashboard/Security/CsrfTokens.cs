using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Web.Dashboard.Security;

/// <summary>
/// Proof that a form came from one of our pages: an HMAC keyed by the secret in the visitor's own cookie. Stateless, so any node
/// and any restart accepts it; it dies with the session; the cookie's secret cannot be computed from it.
/// </summary>
internal static class CsrfTokens
{
    public const string Field = "csrf";

    private static ReadOnlySpan<byte> Purpose => "multimail form v1"u8;

    public static string For(string secret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Purpose));

    /// <summary>Takes the same time wherever the difference is.</summary>
    public static bool Matches(string secret, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(For(secret)), Encoding.UTF8.GetBytes(given));
}
