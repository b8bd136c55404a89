using System.Globalization;
using System.Text;

namespace MultiMail.TransparencyLog;

/// <summary>Parsing where each value has exactly one spelling: whatever is not that spelling is refused.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Encode(string text) => Utf8.GetBytes(text);

    public static bool TryDecodeUtf8(ReadOnlySpan<byte> bytes, out string text)
    {
        // Utf8.IsValid first: decoding by exception would let an attacker choose the slow path.
        var valid = System.Text.Unicode.Utf8.IsValid(bytes);
        text = valid ? Utf8.GetString(bytes) : string.Empty;
        return valid;
    }

    /// <summary>Standard base64 with padding. The framework skips white space and ignores unused bits, so encode again and compare.</summary>
    public static bool TryDecodeBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        var buffer = new byte[((text.Length / 4) + 1) * 3];
        if (!Convert.TryFromBase64Chars(text, buffer, out var written)
            || !text.SequenceEqual(Convert.ToBase64String(buffer.AsSpan(0, written))))
        {
            bytes = [];
            return false;
        }

        bytes = buffer[..written];
        return true;
    }

    /// <summary>ASCII decimal without sign or leading zero, up to 2^63 - 1.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return (text is "0" || (text.Length > 0 && text[0] is >= '1' and <= '9'))
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>C2SP signed-note: valid UTF-8 (no lone surrogates), no ASCII control character but newline.</summary>
    public static bool IsNoteText(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < ' ' && text[i] != '\n')
            {
                return false;
            }

            if (char.IsSurrogate(text[i]) && (++i == text.Length || !char.IsSurrogatePair(text[i - 1], text[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The lines of a text whose every line ends in a newline; false for an empty text or one without the last newline.</summary>
    public static bool TrySplitLines(string text, out string[] lines)
    {
        var ends = text.EndsWith('\n');
        lines = ends ? text[..^1].Split('\n') : [];
        return ends;
    }
}
