using System.Text;

namespace MultiMail.Mail;

/// <summary>UTF-7 (RFC 2152), which old Exchange bounces still use: read, never written.</summary>
internal sealed class Utf7Reading() : Encoding(Number)
{
    public const int Number = 65000;

    public override string WebName => "utf-7";

    public override string BodyName => "utf-7";

    public override string HeaderName => "utf-7";

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Decode(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '+')
            {
                text.Append(bytes[i] < 128 ? (char)bytes[i] : '\uFFFD');
            }
            else if (i + 1 < bytes.Length && bytes[i + 1] == '-')
            {
                text.Append('+');
                i++;
            }
            else
            {
                i = Shifted(bytes, i + 1, text) - 1;
            }
        }

        return text.ToString();
    }

    /// <summary>A run of modified base64 over UTF-16BE; returns where it ends. A final minus belongs to it.</summary>
    private static int Shifted(ReadOnlySpan<byte> bytes, int at, StringBuilder text)
    {
        var bits = 0;
        var held = 0;
        for (; at < bytes.Length; at++)
        {
            var value = Base64Value(bytes[at]);
            if (value < 0)
            {
                break;
            }

            bits = ((bits << 6) | value) & 0x3FFFFF;
            held += 6;
            if (held >= 16)
            {
                held -= 16;
                text.Append((char)((bits >> held) & 0xFFFF));
            }
        }

        return at < bytes.Length && bytes[at] == '-' ? at + 1 : at;
    }

    private static int Base64Value(byte octet) => (char)octet switch
    {
        >= 'A' and <= 'Z' => octet - 'A',
        >= 'a' and <= 'z' => octet - 'a' + 26,
        >= '0' and <= '9' => octet - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
