namespace MultiMail.Mail.Tests.Html;

public sealed class HtmlLimitTests
{
    [Theory]
    [InlineData(HtmlLimits.MaxOpen, true)]
    [InlineData(HtmlLimits.MaxOpen + 1, false)]
    public void Open_elements_are_limited(int count, bool within) => Assert.Equal(within, HtmlLimits.Scan(Repeat("<div>", count)).IsWithin);

    [Theory]
    [InlineData(HtmlLimits.MaxTags, true)]
    [InlineData(HtmlLimits.MaxTags + 2, false)]
    public void Tags_are_limited(int count, bool within) => Assert.Equal(within, HtmlLimits.Scan(Repeat("<i></i>", count / 2)).IsWithin);

    [Theory]
    [InlineData(HtmlLimits.MaxChars, true)]
    [InlineData(HtmlLimits.MaxChars + 1, false)]
    public void Length_is_limited(int length, bool within) => Assert.Equal(within, HtmlLimits.Scan(new string('x', length)).IsWithin);

    [Fact]
    public void Elements_without_end_tags_do_not_count_as_depth() => Assert.True(HtmlLimits.Scan(Repeat("<p>a<br><img src=x>", 3_000)).IsWithin);

    /// <summary>End tags that a tree builder ignores, and start tags that only look closed, do not hide depth.</summary>
    [Theory]
    [InlineData("<div></x>")]
    [InlineData("<div></span>")]
    [InlineData("<div/>")]
    [InlineData("<x-y/>")]
    [InlineData("<dd><li>")]
    [InlineData("<span><div></span>")]
    [InlineData("<b><div></b>")]
    [InlineData("<div><table><tr><td></div>")]
    [InlineData("<DIV></P>")]
    public void Depth_cannot_be_hidden(string unit) => Assert.False(HtmlLimits.Scan(Repeat(unit, 2_000)).IsWithin);

    [Fact]
    public void Depth_cannot_be_hidden_below_one_block()
    {
        var cycle = Repeat("<span>", 500) + "<div>" + Repeat("</span>", 500);
        Assert.False(HtmlLimits.Scan(Repeat(cycle, 4)).IsWithin);
    }

    [Theory]
    [InlineData("<div><span></div>")]
    [InlineData("<ul><li>a<li>b</ul>")]
    [InlineData("<table><tr><td>a<td>b<tr><td>c</table>")]
    [InlineData("<o:p></o:p><b><i>x</i></b>")]
    [InlineData("<div><p><font size=2>a</font></p></div>")]
    public void Ordinary_markup_is_not_deep(string unit) => Assert.True(HtmlLimits.Scan(Repeat(unit, 1_500)).IsWithin);

    [Theory]
    [InlineData("</i>")]
    [InlineData("<table><tr><td></b></table>")]
    public void Unclosed_formatting_cannot_be_hidden(string end) =>
        Assert.False(HtmlLimits.Scan("<div>" + Repeat("<b>", 100) + Repeat(end, 100) + "</div>" + Repeat("<p>a</p>", 2_000)).IsWithin);

    [Fact]
    public void Unclosed_formatting_that_every_that_every_block_repeats_is_too_complex() =>
        Assert.False(HtmlLimits.Scan("<div>" + Repeat("<b>", 100) + "</div>" + Repeat("<p>a</p>", 2_000)).IsWithin);

    [Theory]
    [InlineData("<div>", "")]
    [InlineData("<table><tr><td>", "")]
    [InlineData("<svg><g>", "")]
    [InlineData("<a href=x>", "")]
    [InlineData("<p a=b>x</p>", "x")]
    public void Bomb_is_read_as_its_tokens(string unit, string text)
    {
        var read = Mail.Html(Repeat(unit, 100_000) + "the end");
        Assert.Contains("html_too_complex", read.Defects);
        Assert.Contains("the end", read.TextBody, StringComparison.Ordinal);
        Assert.Contains(text, read.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_megabytes_give_bounded_text()
    {
        var read = Mail.Html("<script>bad</script><p>start</p>" + Repeat("<p>word word word</p>\n", 500_000));
        Assert.StartsWith("start", read.TextBody, StringComparison.Ordinal);
        Assert.True(read.TextBody.Length <= 1_100_000);
        Assert.DoesNotContain("bad", read.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_of_many_parts_shares_one_allowance()
    {
        var part = Read.ReaderTests.Part("text/html", "<p>" + new string('x', 600_000));
        var read = Mail.Read(Read.ReaderTests.Multi("mixed", part, part));
        Assert.Contains("html_too_complex", read.Defects);
        Assert.Equal(1_200_002, read.TextBody.Length);
    }

    [Fact]
    public void Many_rules_against_many_elements_stop_at_a_budget()
    {
        var rules = string.Concat(Enumerable.Range(0, 1_000).Select(i => $".a{{color:#{i:x6}}}"));
        Assert.Contains("style_unresolved", Mail.Html($"<style>{rules}</style>{Repeat("<p class=a>x</p>", 9_000)}").Defects);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
