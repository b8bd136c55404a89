namespace MultiMail.Mail.Tests.Text;

public sealed class MailTextTests
{
    [Theory]
    [InlineData("**bold** and *it*", "<p><strong>bold</strong> and <em>it</em></p>\n")]
    [InlineData("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n")]
    [InlineData("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n")]
    public void Markdown_becomes_html_without_raw_html(string md, string html) => Assert.Equal(html, MailText.MarkdownToHtml(md));

    [Theory]
    [InlineData("**bold** and *it*", "bold and it")]
    [InlineData("a\n\nb", "a\n\nb")]
    [InlineData("[x](https://a.example/)", "x <https://a.example/>")]
    [InlineData("https://a.example/", "https://a.example/")]
    [InlineData("1. a\n2. b", "1. a\n2. b")]
    [InlineData("    code\n      more", "code\n  more")]
    [InlineData("", "")]
    public void Markdown_becomes_text(string md, string text) => Assert.Equal(text, MailText.MarkdownToText(md));

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("![x](javascript:alert(1))")]
    public void Preview_of_markdown_has_no_script_link(string md) =>
        Assert.DoesNotContain("javascript", HtmlPreview.Sanitise(MailText.MarkdownToHtml(md)), StringComparison.Ordinal);
}
