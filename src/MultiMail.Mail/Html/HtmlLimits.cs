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
        var rebuilt = 0;
        var open = new OpenElements();
        using var reader = new StringReader(html);
        var tokenizer = new HtmlTokenizer(reader);
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is not HtmlTagToken tag)
            {
                continue;
            }

            tags++;
            rebuilt += open.Unclosed;
            var name = tag.Name.ToLowerInvariant();
            if (tag.IsEndTag)
            {
                open.End(name);
            }
            else
            {
                open.Start(name);
            }

            if (tags > MaxTags || open.Depth > MaxOpen || rebuilt > MaxRebuilt || tag.Attributes.Count > MaxAttributes)
            {
                return new HtmlLimits(IsWithin: false, tags);
            }
        }

        return new HtmlLimits(IsWithin: true, tags);
    }
}
