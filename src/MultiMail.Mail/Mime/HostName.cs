using System.Buffers;
using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Host names as mail may use them: LDH labels (RFC 5890 §2.3.1), international ones as checked A-labels.</summary>
internal static class HostName
{
    private const int MaxLabel = 63;
    private static readonly SearchValues<char> LetterDigitHyphen = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Lower-case A-labels of <paramref name="text"/>; a sentence when it is no host name.</summary>
    public static string? ToALabels(string text, out string domain)
    {
        domain = string.Empty;
        if (text.Length is 0 or > 253)
        {
            return text.Length == 0 ? "the part after the @ is empty" : "the part after the @ is longer than 253 characters";
        }

        if (text[0] == '[')
        {
            return "address literals are not accepted";
        }

        if (text[^1] == '.')
        {
            return "the domain ends with a dot";
        }

        var labels = text.Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            if (Label(labels[i], out labels[i]) is { } fault)
            {
                return fault;
            }
        }

        domain = string.Join('.', labels);
        return labels[^1].All(char.IsAsciiDigit) ? "the domain is a number, not a name" : null;
    }

    /// <summary>The form people read: valid A-labels decoded, others as they are.</summary>
    public static string ToULabels(string domain) => string.Join('.', domain.Split('.').Select(
        label => IsALabel(label) && Decode(label) is { } decoded ? decoded : label));

    private static bool IsALabel(string label) => label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase);

    private static string? Label(string given, out string label)
    {
        label = given.ToLowerInvariant();
        if (label.Length == 0)
        {
            return "the domain begins with a dot or has two in a row";
        }

        if (!Ascii.IsValid(label))
        {
            return International(label, out label);
        }

        if (label.AsSpan().ContainsAnyExcept(LetterDigitHyphen))
        {
            return "the domain has a character that is not allowed in a host name";
        }

        if (label[0] == '-' || label[^1] == '-')
        {
            return "a part of the domain begins or ends with a hyphen";
        }

        if (label.Length > MaxLabel)
        {
            return $"a part of the domain is longer than {MaxLabel} characters";
        }

        // RFC 5891 §4.2.3.1: hyphens in third and fourth place belong to A-labels alone.
        var reserved = label.Length > 3 && label[2] == '-' && label[3] == '-';
        return reserved && (!IsALabel(label) || Decode(label) is null)
            ? "the domain has a part with -- that is no valid international name (xn--)"
            : null;
    }

    private static string? International(string given, out string label)
    {
        label = Nfc.Of(given);
        if (!IsULabel(label))
        {
            return "the domain has a character that is not allowed in an international name";
        }

        try
        {
            label = Idn.GetAscii(label);
        }
        catch (ArgumentException)
        {
            return "the domain is no valid international name";
        }

        return label.Length > MaxLabel ? $"a part of the domain is longer than {MaxLabel} characters" : null;
    }

    /// <summary>The U-label, or null unless it encodes to the very same A-label again.</summary>
    private static string? Decode(string label)
    {
        try
        {
            var decoded = Idn.GetUnicode(label.ToLowerInvariant());
            var same = string.Equals(Idn.GetAscii(decoded), label, StringComparison.OrdinalIgnoreCase);
            return same && IsULabel(decoded) && !Ascii.IsValid(decoded) ? decoded : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // RFC 5892 §2, in short: letters, marks and digits that are in NFC, lower case and stable under compatibility mapping.
    private static bool IsULabel(string label)
    {
        if (!Surrogates.AreWhole(label) || !string.Equals(label, Nfc.Of(label.ToLowerInvariant()), StringComparison.Ordinal))
        {
            return false;
        }

        var first = true;
        foreach (var rune in label.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            var allowed = rune.Value == '-' || Rune.IsLetter(rune) || category == UnicodeCategory.DecimalDigitNumber || isMark;
            if (!allowed || (first && isMark) || Nfc.IsCompatibilityLetter(rune))
            {
                return false;
            }

            first = false;
        }

        return label[0] != '-' && label[^1] != '-';
    }
}
