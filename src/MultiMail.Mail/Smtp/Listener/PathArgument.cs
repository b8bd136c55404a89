namespace MultiMail.Mail;

/// <summary><c>FROM:&lt;path&gt; [parameters]</c> and <c>TO:&lt;path&gt; [parameters]</c> of RFC 5321 §4.1.2.</summary>
internal readonly record struct PathArgument(string Path, IReadOnlyList<string> Parameters)
{
    /// <summary>
    /// Quoted local parts are not taken, so the first closing bracket ends the path. A blank behind the colon, which §3.3 forbids and
    /// some clients send, is let pass: it can be read in one way only.
    /// </summary>
    public static bool TryParse(string rest, string keyword, out PathArgument argument)
    {
        argument = default;
        if (!rest.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var text = rest[keyword.Length..].TrimStart(' ');
        var close = text.IndexOf('>', StringComparison.Ordinal);
        if (close < 1 || text[0] != '<' || (close + 1 < text.Length && text[close + 1] != ' '))
        {
            return false;
        }

        argument = new PathArgument(text[1..close], text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return true;
    }

    /// <summary>The path as a checked addr-spec; false for anything else, such as a source route or an address literal.</summary>
    public bool TryAddress(out string address)
    {
        var plain = Path.AsSpan().IndexOfAny(' ', '<') < 0;
        var valid = MailboxAddress.TryParse(plain ? Path : null, out var parsed, out _);
        address = parsed?.AddrSpec ?? string.Empty;
        return valid;
    }
}
