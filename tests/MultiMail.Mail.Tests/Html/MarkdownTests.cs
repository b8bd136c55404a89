using System.Diagnostics;
using System.Text;

namespace MultiMail.Mail.Tests.Html;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("<h1>Offer</h1><p>Dear <b>Ann</b>,</p>", "# Offer\n\nDear **Ann**,")]
    [InlineData("<h3>a</h3><h6>b</h6>", "### a\n\n###### b")]
    [InlineData("<ul><li>one</li><li><em>two</em></li></ul>", "- one\n- *two*")]
    [InlineData("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two")]
    [InlineData("so <strong>very </strong>good", "so **very** good")]
    [InlineData("<b>one <strong>two</strong> three</b>", "**one two three**")]
    [InlineData("<b></b><i> </i><h2></h2>text", "text")]
    [InlineData("<p>I think</p><blockquote>one<br>two</blockquote><p>so</p>", "I think\n\n> one\n> two\n\nso")]
    public void Structure_becomes_marks(string html, string expected) => Assert.Equal(expected, Marked(html).Text);

    [Theory]
    [InlineData("<a href='https://evil.example/x?y=1'>bank.example</a>", "[bank.example] (evil.example)")]
    [InlineData("<a href='https://bücher.example/'>Bücher</a>", "[Bücher] (xn--bcher-kva.example)")]
    [InlineData("<a href='https://user@evil.example\\@bank.example/'>Pay</a>", "[Pay] (evil.example)")]
    [InlineData("<a href='javascript:alert(1)'>Pay</a>", "Pay")]
    [InlineData("<a href='https://evil.example/'><img src='https://evil.example/p.gif'></a>seen", "seen")]
    public void A_link_says_the_host_it_leads_to_and_is_none_itself(string html, string expected) => Assert.Equal(expected, Marked(html).Text);

    [Theory]
    [InlineData("![x](https://evil.example/leak)", @"!\[x\](https://evil.example/leak)")]
    [InlineData("[x]: https://evil.example", @"\[x\]: https://evil.example")]
    [InlineData("&lt;https://evil.example&gt; *a* `b` \\", @"\<https://evil.example> \*a\* \`b\` \\")]
    public void Marks_that_a_stranger_writes_are_text(string html, string expected) => Assert.Equal(expected, Marked($"<p>{html}</p>").Text);

    [Fact]
    public void What_is_hidden_in_the_HTML_is_hidden_here()
    {
        var marked = Marked("<p>seen</p><p style='display:none'>secret</p><b style='font-size:0'>secret</b><!-- secret --><p hidden><a href='https://x.example'>secret</a></p>");
        Assert.Equal("seen", marked.Text);
    }

    [Fact]
    public void A_message_without_HTML_is_its_text()
    {
        var read = MessageReader.Read(Encoding.UTF8.GetBytes("From: a@b.example\r\n\r\n# *plain*\r\n\r\nOn Mon, 23 Nov 2026 at 10:05, Bo wrote:\r\n> Hello\r\n"), markdown: true);
        Assert.Equal(new MarkedText(read.TextBody, read.Trimmed), read.Marked);
        Assert.Equal("# *plain*", read.Trimmed);
    }

    [Fact]
    public void The_quoted_message_is_left_out_at_the_same_place_as_of_the_text()
    {
        const string Html = "<p>We <b>agree</b>.</p><p>Ada</p><div class=gmail_quote>On Mon, 23 Nov 2026 at 10:05, Bo wrote:<blockquote class=gmail_quote type=cite><p><b>Do</b> you?</p></blockquote></div>";
        var read = Read(Html);
        Assert.Equal("We agree.\n\nAda", read.Trimmed);
        Assert.Equal("We **agree**.\n\nAda", read.Marked!.Trimmed);
        Assert.Contains("> **Do** you?", read.Marked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_of_an_answered_message_are_known_under_their_marks()
    {
        var read = Read("<p>Yes.</p><hr><p><b>From:</b> Bo &lt;bo@x.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Ann<br><b>Subject:</b> Hello</p><p>Do you?</p>");
        Assert.Equal("Yes.", read.Trimmed);
        Assert.Equal("Yes.", read.Marked?.Trimmed);
    }

    [Fact]
    public void Nobody_pays_for_it_who_did_not_ask() => Assert.Null(Mail.Html("<b>x</b>").Marked);

    [Fact]
    public void Deep_and_large_HTML_stays_bounded()
    {
        var hostile = string.Concat(Enumerable.Repeat("<blockquote>", 400)) + string.Concat(Enumerable.Repeat("<b><a href='https://x.example/'>w</a></b><br>", 4_000));
        var watch = Stopwatch.StartNew();
        var marked = Marked(hostile);
        Assert.InRange(marked.Text.Length, 1, 20 * hostile.Length);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        Assert.Contains("w", Marked(new string('<', 100) + string.Concat(Enumerable.Repeat("<i>", 30_000)) + "w").Text, StringComparison.Ordinal);
    }

    private static MarkedText Marked(string html) => Read(html).Marked!; // asked for

    private static ReadMessage Read(string html) =>
        MessageReader.Read(Encoding.UTF8.GetBytes($"From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}"), markdown: true);
}
