using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MultiMail.Mail;

/// <summary>A tag=value list (RFC 6376 §3.2) as signatures and key records hold it. Names are case-sensitive, each at most once.</summary>
internal sealed class VerifierTagList
{
    private const int MaxTags = 100;

    private readonly Dictionary<string, string> tags;

    private VerifierTagList(Dictionary<string, string> tags, string first)
    {
        this.tags = tags;
        First = first;
    }

    /// <summary>Name of the first tag.</summary>
    public string First { get; }

    /// <summary>The value without blanks and folds around it; null when the tag is missing.</summary>
    public string? this[string name] => tags.GetValueOrDefault(name);

    /// <param name="text">Octets as Latin-1 characters.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerifierTagList? list)
    {
        list = null;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = string.Empty;
        var parts = text.Split(';');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim(' ', '\t', '\r', '\n');
            if (part.Length == 0 && i == parts.Length - 1 && i > 0)
            {
                break;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 1 ? string.Empty : part[..equals].TrimEnd(' ', '\t', '\r', '\n');
            var value = part[(equals + 1)..].TrimStart(' ', '\t', '\r', '\n');
            if (!IsName(name) || !IsValue(value) || found.Count == MaxTags || !found.TryAdd(name, value))
            {
                return false;
            }

            first = first.Length == 0 ? name : first;
        }

        list = new VerifierTagList(found, first);
        return true;
    }

    /// <summary>A value with all blanks and folds taken out, as base64 and lists allow them.</summary>
    public string? Packed(string name)
    {
        if (this[name] is not { } value)
        {
            return null;
        }

        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary>Entries of a colon-separated value, lower case.</summary>
    public IReadOnlyList<string>? Listed(string name) => Packed(name)?.ToLowerInvariant().Split(':');

    /// <summary>Null when it is missing or no base64.</summary>
    public byte[]? Octets(string name)
    {
        if (Packed(name) is not { } text)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static bool IsName(string name) => name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    // Printable, with folds between; UTF-8 is let through (RFC 8616).
    private static bool IsValue(string value) => value.All(c => c is ' ' or '\t' or '\r' or '\n' or (> ' ' and not '\u007F'));
}
