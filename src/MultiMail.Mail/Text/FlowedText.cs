using System.Text;

namespace MultiMail.Mail;

/// <summary>format=flowed (RFC 3676): soft line breaks joined, space-stuffing removed; quote marks stay.</summary>
internal static class FlowedText
{
    public static string Unflow(string text, bool deleteSpace)
    {
        var result = new StringBuilder(text.Length);
        var openDepth = -1;
        var first = true;
        foreach (var line in text.Split('\n'))
        {
            var depth = line.AsSpan().IndexOfAnyExcept('>');
            depth = depth < 0 ? line.Length : depth;
            var content = line.AsSpan(depth);
            content = content.StartsWith(" ") ? content[1..] : content;
            if (openDepth != depth)
            {
                result.Append(first ? string.Empty : "\n").Append('>', depth).Append(depth > 0 ? " " : string.Empty);
            }

            first = false;

            // §4.3: the signature separator ends in a blank and is no soft break.
            var soft = content.EndsWith(" ") && content is not "-- ";
            result.Append(soft && deleteSpace ? content[..^1] : content);
            openDepth = soft ? depth : -1;
        }

        return result.ToString();
    }
}
