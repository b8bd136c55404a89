using System.Security.Cryptography;

namespace MultiMail.Core.Oversight;

/// <summary>Digests as callers see them: <c>sha256:</c> and lower-case hex.</summary>
public static class Digests
{
    private const string Prefix = "sha256:";

    public static string Text(ReadOnlySpan<byte> digest) => Prefix + Convert.ToHexStringLower(digest);

    /// <summary>False for anything that is not exactly this digest.</summary>
    public static bool Matches(string text, ReadOnlySpan<byte> digest) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(text), System.Text.Encoding.ASCII.GetBytes(Text(digest)));
}
