using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MultiMail.Mail;

namespace MultiMail.Core.Privacy;

/// <summary>
/// Knows one address wherever it is written: without regard to case, its domain as A-labels or as U-labels. Another address that only
/// ends or begins with it (<c>joann@…</c> for <c>ann@…</c>, <c>….com.au</c> for <c>….com</c>, <c>ann+tag@…</c>) is another address.
/// </summary>
internal sealed partial class AddressTrace
{
    private readonly string[] _forms;

    public AddressTrace(MailboxAddress address)
    {
        Address = address.AddrSpec;
        var unicode = $"{address.LocalPart}@{ULabels(address.Domain)}";
        _forms = string.Equals(unicode, Address, StringComparison.OrdinalIgnoreCase) ? [Address] : [Address, unicode];
    }

    /// <summary>With the domain as lower-case A-labels.</summary>
    public string Address { get; }

    public IReadOnlyList<string> Forms => _forms;

    /// <summary>Is this the address, and nothing else.</summary>
    public bool Is(string? addrSpec) => addrSpec is not null && Array.Exists(_forms, f => string.Equals(f, addrSpec.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the text names it, as it stands or as URLs (RFC 3986 §2.1), HTML and JSON escape it.</summary>
    public bool IsIn(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        return Plainly(text)
            || (text.Contains('%', StringComparison.Ordinal) && Plainly(Uri.UnescapeDataString(text)))
            || (text.Contains('&', StringComparison.Ordinal) && Plainly(WebUtility.HtmlDecode(text)))
            || (text.Contains("\\u", StringComparison.Ordinal) && Plainly(Unescape(text)));
    }

    /// <summary>The text without it; <see cref="Erased.Word"/> alone when it is written in a way that cannot be cut out.</summary>
    public string Without(string text)
    {
        var clean = new StringBuilder(text.Length);
        var from = 0;
        while (Next(text, from) is { } found)
        {
            clean.Append(text, from, found.At - from).Append(Erased.Word);
            from = found.At + found.Length;
        }

        clean.Append(text, from, text.Length - from);
        var rest = clean.ToString();
        return IsIn(rest) || new EncodedSearch(this).IsIn(Encoding.UTF8.GetBytes(rest)) ? Erased.Word : rest;
    }

    private static string ULabels(string domain)
    {
        try
        {
            return new IdnMapping().GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain; // it has labels that only look like A-labels: nobody writes it otherwise
        }
    }

    private bool Plainly(string text) => Next(text, 0) is not null;

    private (int At, int Length)? Next(string text, int from)
    {
        (int At, int Length)? first = null;
        foreach (var form in _forms)
        {
            var at = text.IndexOf(form, from, StringComparison.OrdinalIgnoreCase);
            while (at >= 0 && !StandsAlone(text, at, form.Length))
            {
                at = text.IndexOf(form, at + 1, StringComparison.OrdinalIgnoreCase);
            }

            if (at >= 0 && (first is null || at < first.Value.At))
            {
                first = (at, form.Length);
            }
        }

        return first;
    }

    private static bool StandsAlone(string text, int at, int length)
    {
        // A local part goes on to the left over these; marks alone (an emphasis, a dash, dots) are no part of one.
        var before = at - 1;
        while (before >= 0 && text[before] is '.' or '-' or '_' or '+')
        {
            before--;
        }

        if (before >= 0 && char.IsLetterOrDigit(text[before]))
        {
            return false;
        }

        var end = at + length;
        return end >= text.Length
            || !(char.IsLetterOrDigit(text[end]) || (text[end] is '.' or '-' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])));
    }

    private static string Unescape(string json) =>
        Escape().Replace(json, static m => ((char)Convert.ToInt32(m.Groups["hex"].Value, 16)).ToString());

    [GeneratedRegex(@"\\u(?<hex>[0-9A-Fa-f]{4})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
