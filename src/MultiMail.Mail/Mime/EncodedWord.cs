using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Encoded words (RFC 2047) in UTF-8, whichever of Q and B is shorter; a value is encoded whole or not at all.</summary>
internal static class EncodedWord
{
    private const int MaxWord = 400; // a longer word of ASCII is encoded, so that it can be folded
    private const int MaxPayload = 52; // a word of 64 at most; RFC 2047 §2 allows 75
    private const int MaxOctets = MaxPayload / 4 * 3;

    public static bool IsNeeded(string text) =>
        !Ascii.IsValid(text) || text.Contains("=?", StringComparison.Ordinal) || HasLongWord(text);

    public static IEnumerable<string> Of(string text)
    {
        var octets = Encoding.UTF8.GetByteCount(text);
        return QLength(text) <= (octets + 2) / 3 * 4 ? Q(text) : B(text);
    }

    private static bool HasLongWord(ReadOnlySpan<char> text)
    {
        while (text.Length > MaxWord)
        {
            var blank = text.IndexOf(' ');
            if (blank is < 0 or > MaxWord)
            {
                return true;
            }

            text = text[(blank + 1)..];
        }

        return false;
    }

    // The set that RFC 2047 §5 (3) allows in a phrase serves everywhere.
    private static bool IsPlain(int octet) => octet < 128 &&
        (char.IsAsciiLetterOrDigit((char)octet) || octet is '!' or '*' or '+' or '-' or '/');

    private static int QLength(string text) => text.EnumerateRunes().Sum(QLength);

    private static int QLength(Rune rune) => IsPlain(rune.Value) || rune.Value == ' ' ? 1 : rune.Utf8SequenceLength * 3;

    private static IEnumerable<string> Q(string text)
    {
        var word = new StringBuilder();
        var utf8 = new byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (word.Length + QLength(rune) > MaxPayload)
            {
                yield return $"=?utf-8?q?{word}?=";
                word.Clear();
            }

            if (IsPlain(rune.Value) || rune.Value == ' ')
            {
                word.Append(rune.Value == ' ' ? '_' : (char)rune.Value);
                continue;
            }

            var used = rune.EncodeToUtf8(utf8);
            foreach (var octet in utf8.AsSpan(0, used))
            {
                word.Append('=').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        yield return $"=?utf-8?q?{word}?=";
    }

    // A character is never split between words (RFC 2047 §5).
    private static IEnumerable<string> B(string text)
    {
        var word = new byte[MaxOctets];
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > MaxOctets)
            {
                yield return $"=?utf-8?b?{Convert.ToBase64String(word, 0, used)}?=";
                used = 0;
            }

            used += rune.EncodeToUtf8(word.AsSpan(used));
        }

        yield return $"=?utf-8?b?{Convert.ToBase64String(word, 0, used)}?=";
    }
}
