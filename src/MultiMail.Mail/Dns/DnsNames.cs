namespace MultiMail.Mail;

/// <summary>Names as the domain name system can hold them (RFC 1035 §2.3.4), compared without case and trailing dot.</summary>
internal static class DnsNames
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;

    /// <summary>Whether a query for it can be made: labels of 1 to 63 printable ASCII characters, 253 in all, no trailing dot.</summary>
    public static bool CanQuery(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxName || name.ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        foreach (var label in name.Split('.'))
        {
            if (name[label].Length is 0 or > MaxLabel)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Cuts whole labels from the left until the rest fits into a name (RFC 7208 §7.3).</summary>
    public static string Fit(string name)
    {
        if (name.Length <= MaxName)
        {
            return name;
        }

        // One cut, however long the name: the first label that begins within the last 253 characters.
        var dot = name.IndexOf('.', name.Length - MaxName - 1);
        return dot < 0 ? string.Empty : name[(dot + 1)..];
    }

    public static string WithoutDot(string name) => name.EndsWith('.') ? name[..^1] : name;

    public static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Equal to it or below it.</summary>
    public static bool IsWithin(string name, string domain) => Same(name, domain)
        || (name.Length > domain.Length && name[^(domain.Length + 1)] == '.' && name.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    public static int Labels(string name) => name.AsSpan().Count('.') + 1;

    /// <summary>A domain that may own policies and keys: two labels at least, of letters, digits, hyphens and underscores.</summary>
    public static bool IsDomain(string name) => CanQuery(name) && name.Contains('.', StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
