using System.Text;

namespace MultiMail.Mail;

/// <summary>Whose Authentication-Results a field claims to be (RFC 8601 §2.2): the first token, comments and folds aside.</summary>
internal static class AuthservId
{
    private const int Looked = 2_000;

    /// <summary>Also true when the value is so odd that others might read our name in it: then it is better gone.</summary>
    public static bool Is(ReadOnlySpan<byte> value, string name)
    {
        var text = Encoding.Latin1.GetString(value[..Math.Min(value.Length, Looked)]);
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        if (first.AsSpan().IndexOfAny('(', '"', '\\') >= 0)
        {
            return text.Contains(name, StringComparison.OrdinalIgnoreCase);
        }

        var token = first.Split([' ', '\t', '\r', '\n', '/'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return token is not null && token.TrimEnd('.').Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
