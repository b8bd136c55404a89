using System.Globalization;
using System.Security.Cryptography;

namespace MultiMail.Core.Accounts;

/// <summary>PBKDF2-HMAC-SHA256 (RFC 8018), 600,000 rounds, 16-byte salt: <c>pbkdf2-sha256$rounds$salt$hash</c>.</summary>
internal static class Passwords
{
    public const int MinLength = 12;
    public const int MaxLength = 256;
    private const int Rounds = 600_000;

    private static readonly Lazy<string> Nobody = new(() => Hash("nobody has this password"));

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return string.Join('$', "pbkdf2-sha256", Rounds.ToString(CultureInfo.InvariantCulture), Convert.ToBase64String(salt), Convert.ToBase64String(Derive(password, salt, Rounds)));
    }

    /// <summary>Takes the same time whether or not there is a hash to compare with.</summary>
    public static bool Verify(string password, string? hash)
    {
        var parts = (hash ?? Nobody.Value).Split('$');
        var expected = Convert.FromBase64String(parts[3]);
        var actual = Derive(password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(expected, actual) && hash is not null;
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, 32);
}
