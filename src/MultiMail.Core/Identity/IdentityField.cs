using MultiMail.Mail;
using System.Text;

namespace MultiMail.Core.Identity;

/// <summary>The header field that carries an identity token.</summary>
internal static class IdentityField
{
    public const string Name = "X-MultiMail-Identity";
    private const int MaxToken = 16_384;
    private const int Line = 72;

    /// <summary>Cut so that no line is longer than 78 octets; there is nothing in a token to fold at, and readers drop every blank.</summary>
    public static string Fold(string token)
    {
        var folded = new StringBuilder(token.Length + 64);
        var first = Math.Min(token.Length, 78 - Name.Length - 2);
        folded.Append(token, 0, first);
        for (var at = first; at < token.Length; at += Line)
        {
            folded.Append("\r\n ").Append(token, at, Math.Min(Line, token.Length - at));
        }

        return folded.ToString();
    }

    /// <summary>The token of a message, or what is wrong: a message has the field exactly once.</summary>
    public static bool TryRead(RawFields message, out string token, out string? fault)
    {
        token = string.Empty;
        var fields = message.Named(Name);
        fault = fields.Count switch
        {
            0 => $"there is no {Name} field",
            1 => null,
            _ => $"there are {fields.Count} {Name} fields",
        };
        if (fault is null && fields[0].ValueBytes.Length > MaxToken)
        {
            fault = $"the {Name} field is too long";
        }

        if (fault is not null)
        {
            return false;
        }

        token = string.Concat(Encoding.Latin1.GetString(fields[0].ValueBytes).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return true;
    }
}
