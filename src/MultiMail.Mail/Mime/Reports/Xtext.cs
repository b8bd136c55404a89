using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>RFC 3461 §4: a plus and two hexadecimal digits stand for an octet.</summary>
internal static class Xtext
{
    public static string Decode(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet) && octet is > 31 and < 127)
            {
                plain.Append((char)octet);
                i += 2;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
