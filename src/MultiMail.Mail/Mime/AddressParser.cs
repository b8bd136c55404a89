using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MultiMail.Mail;

/// <summary>The strict grammar behind <see cref="MailboxAddress"/>.</summary>
internal static class AddressParser
{
    private static readonly SearchValues<char> NameSpecials = SearchValues.Create("<>\"\\,;@");
    private const int MaxText = 1_000;
    private const int MaxLocalPart = 64; // RFC 5321 §4.5.3.1.1
    private const int MaxAddress = 254; // RFC 5321 §4.5.3.1.3 less the two brackets

    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out MailboxAddress? address,
        [NotNullWhen(false)] out string? fault)
    {
        address = null;
        fault = Whole(text);
        if (fault is not null)
        {
            return false;
        }

        var trimmed = text!.Trim(' ');
        string? name = null;
        var spec = trimmed;
        if (trimmed.EndsWith('>'))
        {
            var open = trimmed.LastIndexOf('<');
            if (open < 0)
            {
                fault = "there is a '>' without a '<'";
                return false;
            }

            spec = trimmed[(open + 1)..^1];
            fault = DisplayName(trimmed[..open].Trim(' '), out name);
        }

        fault ??= AddrSpec(spec, out var localPart, out var domain) ?? Accept(localPart, domain, name, out address);
        return fault is null && address is not null;
    }

    /// <summary>Cuts at commas (and semicolons, which people type) outside quotes and angle brackets; blanks between them are dropped.</summary>
    public static IEnumerable<string> Split(string? text)
    {
        var rest = text ?? string.Empty;
        var start = 0;
        var quoted = false;
        var angle = false;
        for (var i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"' when !angle:
                    quoted = !quoted;
                    break;
                case '<' or '>' when !quoted:
                    angle = rest[i] == '<';
                    break;
                case ',' or ';' when !quoted && !angle:
                    if (!string.IsNullOrWhiteSpace(rest[start..i]))
                    {
                        yield return rest[start..i];
                    }

                    start = i + 1;
                    break;
                default:
                    break;
            }
        }

        // An empty text is a fault of its own; a trailing comma is not.
        if (start == 0 || !string.IsNullOrWhiteSpace(rest[start..]))
        {
            yield return rest[start..];
        }
    }

    private static string? Accept(string localPart, string domain, string? name, out MailboxAddress? address)
    {
        var made = new MailboxAddress(localPart, domain, name);
        address = made.AddrSpec.Length <= MaxAddress ? made : null;
        return address is null ? $"the address is longer than {MaxAddress} octets" : null;
    }

    private static string? Whole(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "the address is empty";
        }

        if (text.Length > MaxText)
        {
            return $"the text is longer than {MaxText} characters";
        }

        return HeaderText.Fault(text);
    }

    private static string? DisplayName(string text, out string? name)
    {
        name = null;
        if (text.Length == 0)
        {
            return null;
        }

        if (text[0] != '"')
        {
            if (text.AsSpan().IndexOfAny(NameSpecials) >= 0)
            {
                return "the display name has one of < > \" \\ , ; @ outside quotes; put the name in double quotes";
            }

            name = Blanks.Collapse(text);
            return null;
        }

        return Quoted(text, out name);
    }

    private static string? Quoted(string text, out string? name)
    {
        name = null;
        var unquoted = new System.Text.StringBuilder(text.Length);
        var i = 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }

            if (i < text.Length)
            {
                unquoted.Append(text[i]);
            }
        }

        if (i != text.Length - 1)
        {
            return "the quotes around the display name do not match";
        }

        var collapsed = Blanks.Collapse(unquoted.ToString());
        name = collapsed.Length == 0 ? null : collapsed;
        return null;
    }

    private static string? AddrSpec(string spec, out string localPart, out string domain)
    {
        localPart = domain = string.Empty;
        var at = spec.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return spec.Contains('＠', StringComparison.Ordinal)
                ? "the at sign is a full-width look-alike; use @"
                : "there is no @";
        }

        if (spec.IndexOf('@', at + 1) >= 0)
        {
            return "there is more than one @";
        }

        localPart = spec[..at];
        return LocalPart(localPart) ?? HostName.ToALabels(spec[(at + 1)..], out domain);
    }

    private static string? LocalPart(string text)
    {
        if (text.Length == 0)
        {
            return "the part before the @ is empty";
        }

        if (text[0] == '"')
        {
            return "quoted local parts are not accepted";
        }

        foreach (var c in text)
        {
            if (c > 126)
            {
                return "the part before the @ has a character outside ASCII, which most mail servers cannot take";
            }

            if (c != '.' && !Atoms.IsAtomText(c))
            {
                return $"the part before the @ has a character that is not allowed there: {Printable.Show(c)}";
            }
        }

        if (text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal))
        {
            return "the part before the @ begins or ends with a dot, or has two in a row";
        }

        return text.Length > MaxLocalPart ? $"the part before the @ is longer than {MaxLocalPart} octets" : null;
    }
}
