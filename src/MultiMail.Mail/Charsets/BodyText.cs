using System.Buffers;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Decoded bytes of a text part as text: the declared character set where it means something, else what the bytes are.</summary>
internal static class BodyText
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("\"'> ;/");
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static string Decode(ReadOnlySpan<byte> bytes, string? charset, bool html)
    {
        var text = ByMark(bytes) ?? Choose(bytes, charset, html).GetString(bytes);
        return Clean(text.TrimStart('\uFEFF'));
    }

    /// <summary>Never a NUL, never half a surrogate pair.</summary>
    public static string Clean(string text)
    {
        var clean = text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", string.Empty, StringComparison.Ordinal) : text;
        return Surrogates.AreWhole(clean) ? clean : Surrogates.Replace(clean);
    }

    private static string? ByMark(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Utf8.GetString(bytes[3..]);
        }

        return null;
    }

    private static Encoding Choose(ReadOnlySpan<byte> bytes, string? charset, bool html)
    {
        var declared = CharsetNames.Find(charset);
        if (charset?.Trim(' ', '"') is { } name && name.Equals("utf-16", StringComparison.OrdinalIgnoreCase))
        {
            return Utf16(bytes);
        }

        // us-ascii and latin-1 are what software says that does not know: they mean nothing above 127.
        if (declared is not null && declared.CodePage is not (20127 or 28591))
        {
            return declared;
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Utf8;
        }

        return (html ? CharsetNames.Find(MetaCharset(bytes)) : null) ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    }

    // RFC 2781 §4.3: without a byte order mark "utf-16" is big-endian.
    private static UnicodeEncoding Utf16(ReadOnlySpan<byte> bytes) =>
        new(bigEndian: !bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]), byteOrderMark: false);

    private static string? MetaCharset(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1_024)]);
        var at = head.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var name = head[(at + 8)..].TrimStart('"', '\'', ' ');
        var end = name.AsSpan().IndexOfAny(NameEnds);
        return end < 0 ? null : name[..end];
    }
}
