using System.Buffers.Text;

namespace MultiMail.Core.Identity;

/// <summary>Base64url that has exactly one spelling: no padding, no blanks, no stray bits in the last character (RFC 4648 §3.5).</summary>
internal static class CanonicalBase64Url
{
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var decoded = Base64Url.DecodeFromChars(text);
        if (!text.SequenceEqual(Base64Url.EncodeToString(decoded)))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
