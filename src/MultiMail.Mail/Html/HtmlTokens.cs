using System.Text;
using MimeKit.Text;

namespace MultiMail.Mail;

/// <summary>The text of HTML that is too large for a tree: linear, without styles, so hidden text is not told from visible text.</summary>
internal static class HtmlTokens
{
    private const int MaxInput = 10_000_000;
    private const int MaxOutput = 1_000_000;

    public static string Text(string html)
    {
        var text = new StringBuilder();
        HtmlTagId? skipping = null;
        using var reader = new StringReader(html.Length > MaxInput ? html[..MaxInput] : html);
        var tokenizer = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        while (text.Length < MaxOutput && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                skipping = Skip(skipping, tag);
                text.Append(IsBlock(tag.Id) ? '\n' : ' ');
            }
            else if (token is HtmlDataToken data && token.Kind == HtmlTokenKind.Data && skipping is null)
            {
                text.Append(data.Data);
            }
        }

        return BodyText.Clean(TextLayout.Tidy(text.ToString()));
    }

    private static HtmlTagId? Skip(HtmlTagId? skipping, HtmlTagToken tag)
    {
        if (skipping is not null)
        {
            return tag.IsEndTag && tag.Id == skipping ? null : skipping;
        }

        var drops = tag.Id is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.NoScript;
        return drops && tag is { IsEndTag: false, IsEmptyElement: false } ? tag.Id : null;
    }

    private static bool IsBlock(HtmlTagId id) => id is HtmlTagId.P or HtmlTagId.Div or HtmlTagId.Br or HtmlTagId.TR or HtmlTagId.LI
        or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.BlockQuote or HtmlTagId.Table;
}
