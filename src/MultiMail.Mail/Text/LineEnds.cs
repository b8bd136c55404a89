using System.Text;

namespace MultiMail.Mail;

internal static class LineEnds
{
    /// <summary>CRLF, CR and LF all become CRLF, and a text that is not empty ends with one.</summary>
    public static string ToCrLf(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + (text.Length / 32) + 2);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny('\r', '\n');
            result.Append(end < 0 ? rest : rest[..end]).Append("\r\n");
            rest = end < 0 ? [] : rest[(end + (rest[end..].StartsWith("\r\n") ? 2 : 1))..];
        }

        return result.ToString();
    }

    public static string ToLf(string text) => text.Contains('\r', StringComparison.Ordinal)
        ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
        : text;
}
