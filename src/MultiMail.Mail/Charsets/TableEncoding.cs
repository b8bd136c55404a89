using System.Text;

namespace MultiMail.Mail;

/// <summary>A single-byte character set given by its upper 96 characters. For reading; what it lacks is written as a question mark.</summary>
internal sealed class TableEncoding(int codePage, string name, string upper) : Encoding(codePage)
{
    private const int FirstUpper = 0xA0;

    public override string WebName => name;

    public override string BodyName => name;

    public override string HeaderName => name;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        for (var i = 0; i < charCount; i++)
        {
            bytes[byteIndex + i] = ToByte(chars[charIndex + i]);
        }

        return charCount;
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            var octet = bytes[byteIndex + i];
            chars[charIndex + i] = octet < FirstUpper ? (char)octet : upper[octet - FirstUpper];
        }

        return byteCount;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private byte ToByte(char c)
    {
        var at = c < FirstUpper ? c : upper.IndexOf(c, StringComparison.Ordinal) + FirstUpper;
        return (byte)(at < FirstUpper && c >= FirstUpper ? '?' : at);
    }
}
