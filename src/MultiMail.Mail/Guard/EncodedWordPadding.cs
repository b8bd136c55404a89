using System.Buffers;

namespace MultiMail.Mail;

/// <summary>Base64 encoded words whose padding was lost: the parser drops their last characters, so the padding is put back.</summary>
internal static class EncodedWordPadding
{
    private const int MaxCharset = 48;

    public static byte[]? Repair(ReadOnlySpan<byte> field)
    {
        ArrayBufferWriter<byte>? repaired = null;
        var done = 0;
        var at = 0;
        while (Next(field, at) is { } start)
        {
            var length = field[start..].IndexOf((byte)'?');
            if (length < 0)
            {
                break;
            }

            at = start + length;
            if (length % 4 is 2 or 3 && field[start..at].IndexOf((byte)'=') < 0)
            {
                repaired ??= new ArrayBufferWriter<byte>(field.Length + 16);
                repaired.Write(field[done..at]);
                repaired.Write("==="u8[(length % 4 - 1)..]);
                done = at;
            }
        }

        repaired?.Write(field[done..]);
        return repaired?.WrittenSpan.ToArray();
    }

    /// <summary>Where the text of the next <c>=?charset?b?text?=</c> begins.</summary>
    private static int? Next(ReadOnlySpan<byte> field, int at)
    {
        while (at < field.Length)
        {
            var mark = field[at..].IndexOf((byte)'?');
            if (mark < 0)
            {
                return null;
            }

            at += mark + 1;
            if ((field[at..].StartsWith("b?"u8) || field[at..].StartsWith("B?"u8)) && FollowsCharset(field[..(at - 1)]))
            {
                return at + 2;
            }
        }

        return null;
    }

    private static bool FollowsCharset(ReadOnlySpan<byte> before)
    {
        var near = before[Math.Max(0, before.Length - MaxCharset)..];
        var start = near.LastIndexOf("=?"u8);
        return start >= 0 && near[start..].IndexOfAny(" \t\r\n"u8) < 0;
    }
}
