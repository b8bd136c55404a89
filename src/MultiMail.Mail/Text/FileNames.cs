using System.Text;

namespace MultiMail.Mail;

/// <summary>File names of strangers: a bare name without anything that a file system or a reader could be fooled with.</summary>
internal static class FileNames
{
    private const int Longest = 255;

    public static string? Sanitise(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }

        var name = new StringBuilder(given.Length);
        foreach (var rune in given[(given.AsSpan().LastIndexOfAny('/', '\\') + 1)..].EnumerateRunes())
        {
            if (rune.Value is not ('\t' or '\n' or 0x2028 or 0x2029) && InvisibleCharacters.ClassOf(rune.Value) is null)
            {
                name.Append(rune);
            }
        }

        var clean = Nfc.Of(name.ToString()).Trim(' ', '.') is { Length: > 0 } trimmed ? trimmed : null;
        if (clean is null)
        {
            return null;
        }

        // Leading dots make hidden files, trailing ones vanish on some systems; an ordinary name has neither.
        return clean.Length <= Longest ? clean : Shorten(clean);
    }

    /// <summary>Keeps the extension, which says what the file claims to be.</summary>
    private static string Shorten(string name)
    {
        var dot = name.LastIndexOf('.');
        var extension = dot > 0 && name.Length - dot <= 16 ? name[dot..] : string.Empty;
        return Surrogates.Replace(name[..(Longest - extension.Length)]).TrimEnd('\uFFFD', ' ', '.') + extension;
    }
}
