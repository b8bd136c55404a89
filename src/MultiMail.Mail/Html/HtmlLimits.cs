using MimeKit.Text;

namespace MultiMail.Mail;

/// <summary>
/// Whether HTML is small enough to build a tree from. The tree builder is quadratic in depth, and unclosed formatting elements
/// are built again in every block that follows, so both are counted on the tokens first, which is linear.
/// </summary>
internal sealed record HtmlLimits(bool IsWithin, int Tags)
{
    public const int MaxChars = 1_000_000;
    public const int MaxOpen = 512;
    public const int MaxTags = 20_000;
    private const int MaxRebuilt = 200_000;
    private const int MaxAttributes = 500;

    public static HtmlLimits Scan(string html)
    {
        if (html.Length > MaxChars)
        {
            return new HtmlLimits(IsWithin: false, int.MaxValue);
        }

        var tags = 0;
        var open = 0;
        var formatting = 0;
        var rebuilt = 0;
        using var reader = new StringReader(html);
        var tokenizer = new HtmlTokenizer(reader);
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is not HtmlTagToken tag)
            {
                continue;
            }

            var step = tag.IsEndTag ? -1 : 1;
            tags++;
            rebuilt += formatting;
            if (IsFormatting(tag.Id))
            {
                formatting = Math.Max(0, formatting + step);
            }

            if (!IsVoid(tag) && !ClosesItself(tag.Id))
            {
                open = Math.Max(0, open + step);
            }

            if (tags > MaxTags || open > MaxOpen || rebuilt > MaxRebuilt || tag.Attributes.Count > MaxAttributes)
            {
                return new HtmlLimits(IsWithin: false, tags);
            }
        }

        return new HtmlLimits(IsWithin: true, tags);
    }

    private static bool IsVoid(HtmlTagToken tag) => tag.IsEmptyElement || tag.Id is HtmlTagId.Area or HtmlTagId.Base or HtmlTagId.Br
        or HtmlTagId.Col or HtmlTagId.Embed or HtmlTagId.HR or HtmlTagId.Image or HtmlTagId.Input or HtmlTagId.Link
        or HtmlTagId.Meta or HtmlTagId.Param or HtmlTagId.Source or HtmlTagId.Track or HtmlTagId.Wbr;

    /// <summary>Elements whose end tag is optional: mail leaves it out, and the tree does not grow deeper by it.</summary>
    private static bool ClosesItself(HtmlTagId id) => id is HtmlTagId.P or HtmlTagId.LI or HtmlTagId.TD or HtmlTagId.TH or HtmlTagId.TR
        or HtmlTagId.DD or HtmlTagId.DT or HtmlTagId.Option or HtmlTagId.TBody or HtmlTagId.THead or HtmlTagId.Tfoot;

    // HTML Standard §13.2.4.3, the list of active formatting elements.
    private static bool IsFormatting(HtmlTagId id) => id is HtmlTagId.A or HtmlTagId.B or HtmlTagId.Big or HtmlTagId.Code or HtmlTagId.EM
        or HtmlTagId.Font or HtmlTagId.I or HtmlTagId.NoBR or HtmlTagId.S or HtmlTagId.Small or HtmlTagId.Strike
        or HtmlTagId.Strong or HtmlTagId.TT or HtmlTagId.U;
}
