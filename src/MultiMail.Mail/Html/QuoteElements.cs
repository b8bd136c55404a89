using AngleSharp.Dom;

namespace MultiMail.Mail;

/// <summary>How mail programs mark the message that is answered.</summary>
internal static class QuoteElements
{
    private static readonly string[] QuoteClasses = ["gmail_quote", "protonmail_quote", "yahoo_quoted", "tutanota_quote", "zmail_extra", "moz-email-headers-table"];

    // Outlook begins with an anchor of its own, or with the fields of the earlier message; the rest of the document is that message.
    private static readonly string[] CutIds = ["divRplyFwdMsg", "appendonsend", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container"];

    /// <summary>
    /// Of Gmail only the quotation itself: the division around it, with a class of the same name, also holds answers between quotations and messages
    /// that are passed on.
    /// </summary>
    public static bool IsQuote(IElement element)
    {
        if (element.LocalName == "blockquote")
        {
            return string.Equals(element.GetAttribute("type"), "cite", StringComparison.OrdinalIgnoreCase) || HasClass(element, QuoteClasses);
        }

        return element.LocalName == "div" && HasClass(element, QuoteClasses.AsSpan(1));
    }

    public static bool IsBlock(IElement element) => element.LocalName == "blockquote";

    public static bool IsCut(IElement element) => element.Id is { Length: > 0 } id && Array.IndexOf(CutIds, id) >= 0;

    private static bool HasClass(IElement element, ReadOnlySpan<string> classes)
    {
        if (element.ClassName is not { Length: > 0 } names)
        {
            return false;
        }

        foreach (var name in classes)
        {
            if (names.Contains(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
