using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// Header fields in 7-bit ASCII, folded at blanks so that lines keep to 78 octets where a blank allows it (RFC 5322 §2.1.1).
/// Values were checked by <see cref="HeaderText"/>; nothing here can start a new field.
/// </summary>
internal sealed class HeaderWriter(WireWriter wire)
{
    private const int MaxLine = 78;
    private const int MaxPlainParameter = 60;
    private int column;
    private bool empty;

    /// <summary>A field of another standard, which may hold addresses or URLs: ASCII in it is never encoded.</summary>
    public void Verbatim(string name, string value)
    {
        Begin(name);
        if (Ascii.IsValid(value) && value.Length > 0 && value[^1] != ' ')
        {
            Pieces(value);
        }
        else
        {
            Words(value);
        }

        wire.Line();
    }

    public void Unstructured(string name, string value)
    {
        Begin(name);
        if (EncodedWord.IsNeeded(value) || value.StartsWith(' ') || value.EndsWith(' '))
        {
            Words(value);
        }
        else
        {
            Pieces(value);
        }

        wire.Line();
    }

    public void Addresses(string name, IReadOnlyList<MailboxAddress> addresses)
    {
        Begin(name);
        for (var i = 0; i < addresses.Count; i++)
        {
            var comma = i + 1 < addresses.Count ? "," : string.Empty;
            if (addresses[i].DisplayName is { } displayName)
            {
                Phrase(displayName);
                Token($"<{addresses[i].AddrSpec}>{comma}");
            }
            else
            {
                Token(addresses[i].AddrSpec + comma);
            }
        }

        wire.Line();
    }

    public void MessageIds(string name, IEnumerable<string> ids)
    {
        Begin(name);
        foreach (var id in ids)
        {
            Token($"<{id}>");
        }

        wire.Line();
    }

    /// <summary>A value with parameters (RFC 2045 §5.1), those that need it in the form of RFC 2231.</summary>
    public void Parameterised(string name, string value, IReadOnlyList<(string Name, string Value)> parameters)
    {
        Begin(name);
        var all = parameters.SelectMany(p => Parameter(p.Name, p.Value)).ToList();
        Token(all.Count == 0 ? value : value + ";");
        for (var i = 0; i < all.Count; i++)
        {
            Token(i + 1 < all.Count ? all[i] + ";" : all[i]);
        }

        wire.Line();
    }

    private void Begin(string name)
    {
        wire.Ascii(name);
        wire.Ascii(":");
        column = name.Length + 1;
        empty = true;
    }

    /// <summary>A blank and the token; a fold first when the line has no room. Never before the first one: some readers lose it then.</summary>
    private void Token(ReadOnlySpan<char> token)
    {
        if (!empty && column + 1 + token.Length > MaxLine)
        {
            wire.Line();
            column = 0;
        }

        wire.Ascii(" ");
        wire.Ascii(token);
        column += 1 + token.Length;
        empty = false;
    }

    /// <summary>Cut at single blanks; a run of blanks stays whole in front of its word.</summary>
    private void Pieces(string value)
    {
        var start = 0;
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] == ' ' && value[i - 1] != ' ')
            {
                Token(value.AsSpan(start..i));
                start = i + 1;
            }
        }

        if (start < value.Length)
        {
            Token(value.AsSpan(start));
        }
    }

    private void Words(string value)
    {
        foreach (var word in EncodedWord.Of(value))
        {
            Token(word);
        }
    }

    private void Phrase(string name)
    {
        if (EncodedWord.IsNeeded(name))
        {
            Words(name);
            return;
        }

        var atoms = name.All(c => c == ' ' || Atoms.IsAtomText(c));
        Pieces(atoms ? name : Quote(name));
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static IEnumerable<string> Parameter(string name, string value)
    {
        if (Atoms.IsToken(value) && value.Length <= MaxPlainParameter && !value.Contains('%', StringComparison.Ordinal))
        {
            return [$"{name}={value}"];
        }

        // A reader that decodes too much would see more in these than is written: the other form leaves no doubt.
        var doubtful = value.Contains('%', StringComparison.Ordinal) || value.Contains("=?", StringComparison.Ordinal);
        return Ascii.IsValid(value) && value.Length <= MaxPlainParameter && !doubtful
            ? [$"{name}={Quote(value)}"]
            : Extended(name, value);
    }

    private static IEnumerable<string> Extended(string name, string value)
    {
        var pieces = new List<StringBuilder> { new("utf-8''") };
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (pieces[^1].Length > MaxPlainParameter - 12)
            {
                pieces.Add(new StringBuilder());
            }

            var used = rune.EncodeToUtf8(utf8);
            foreach (var octet in utf8[..used])
            {
                // attribute-char of RFC 2231 §7 is narrower than token.
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'.' or (byte)'-' or (byte)'_')
                {
                    pieces[^1].Append((char)octet);
                }
                else
                {
                    pieces[^1].Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
                }
            }
        }

        return pieces.Count == 1
            ? [$"{name}*={pieces[0]}"]
            : pieces.Select((piece, i) => string.Create(CultureInfo.InvariantCulture, $"{name}*{i}*={piece}"));
    }
}
