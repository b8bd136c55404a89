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
            var missing = Missing(field[start..at]);
            if (missing > 0)
            {
                repaired ??= new ArrayBufferWriter<byte>(field.Length + 16);
                repaired.Write(field[done..at]);
                repaired.Write("=="u8[..missing]);
                done = at;
            }
        }

        repaired?.Write(field[done..]);
        return repaired?.WrittenSpan.ToArray();
    }

    private static int Missing(ReadOnlySpan<byte> word)
    {
        var symbols = word.TrimEnd((byte)'=');
        var wanted = (4 - (symbols.Length % 4)) % 4;
        return wanted == 3 || symbols.Contains((byte)'=') ? 0 : Math.Max(0, wanted - (word.Length - symbols.Length));
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
