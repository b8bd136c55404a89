using System.Buffers;
using System.Text;
using MimeKit.Utils;

namespace MultiMail.Mail;

/// <summary>What no header value, name or file name may hold, neither as written nor behind encoded words (RFC 2047).</summary>
internal static class HeaderText
{
    // C0, DEL, C1 and the two Unicode line ends: MimeKit writes U+2028 through, others break lines at it.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Append(0x2028).Append(0x2029).Select(c => (char)c)]);

    /// <summary>A sentence that names the first fault, or null.</summary>
    public static string? Fault(string text)
    {
        if (Control(text) is { } fault)
        {
            return fault;
        }

        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return null;
        }

        MailStartup.Register();
        var decoded = Rfc2047.DecodeText(Encoding.UTF8.GetBytes(text.Length > 4_000 ? text[..4_000] : text));
        return Control(decoded) is null ? null : "an encoded word hides a control character; write the text itself";
    }

    private static string? Control(string text)
    {
        var at = text.AsSpan().IndexOfAny(Controls);
        if (at >= 0)
        {
            return $"there is a line break or control character ({Printable.Show(text[at])}); remove it";
        }

        return Surrogates.AreWhole(text) ? null : "there is half of a surrogate pair; send valid Unicode";
    }
}
