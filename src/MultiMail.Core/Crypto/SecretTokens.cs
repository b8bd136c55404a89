using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Crypto;

/// <summary>Random secrets that are shown once and stored as their SHA-256.</summary>
internal static class SecretTokens
{
    /// <summary>32 random bytes as 43 characters of base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
