namespace MultiMail.Mail.Tests.Html;

public sealed class HtmlInsertTests
{
    [Theory]
    [InlineData("<p>Hello §</p>", InsertKind.Text)]
    [InlineData("§", InsertKind.Text)]
    [InlineData("<title>§</title>", InsertKind.Text)]
    [InlineData("<table>§<tr><td>x</table>", InsertKind.Text)]
    [InlineData("<b title=\"a § b\">x</b>", InsertKind.Text)]
    [InlineData("<img alt='§' src='https://example.org/x.png'>", InsertKind.Text)]
    [InlineData("<a href=\"§\">x</a>", InsertKind.Link)]
    [InlineData("<a href=' § '>x</a>", InsertKind.Link)]
    [InlineData("<img src=\"§\">", InsertKind.Picture)]
    [InlineData("<a href=\"https://example.org/o/§/x\">x</a>", InsertKind.UrlPart)]
    [InlineData("<a href=\"HTTPS://example.org:8443?a=§\">x</a>", InsertKind.UrlPart)]
    [InlineData("<a href=\"mailto:§?subject=x\">x</a>", InsertKind.MailtoAddress)]
    [InlineData("<a href=\"mailto:a@example.org?subject=§\">x</a>", InsertKind.UrlPart)]
    public void A_text_may_stand_there(string html, InsertKind kind) => Assert.Equal(kind, Assert.Single(Of(html)).Kind);

    [Theory]
    [InlineData("<script>var a = '§';</script>")]
    [InlineData("<script>//</script><style>p { color: § }</style>")]
    [InlineData("<!-- § -->")]
    [InlineData("<!--[if mso]><p>§</p><![endif]-->")]
    [InlineData("<!doctype §><p>x</p>")]
    [InlineData("<?xml §?><p>x</p>")]
    [InlineData("<![CDATA[§]]>")]
    [InlineData("<§>x</§>")]
    [InlineData("<b§>x</b>")]
    [InlineData("</§>")]
    [InlineData("<b §>x</b>")]
    [InlineData("<b §='x'>x</b>")]
    [InlineData("<b on§='x'>x</b>")]
    [InlineData("<b title=§>x</b>")]
    [InlineData("<b title=x§y>x</b>")]
    [InlineData("<a href=§>x</a>")]
    [InlineData("<a href=https://example.org/§>x</a>")]
    [InlineData("<b onclick=\"f('§')\">x</b>")]
    [InlineData("<b style=\"color: §\">x</b>")]
    [InlineData("<iframe srcdoc=\"§\"></iframe>")]
    [InlineData("<iframe>§</iframe>")]
    [InlineData("<p><noscript>§</noscript>")]
    [InlineData("<xmp>§</xmp>")]
    [InlineData("<template>§</template>")]
    [InlineData("<svg><text>§</text></svg>")]
    [InlineData("<svg><a xlink:href=\"§\"><text>x</text></a></svg>")]
    [InlineData("<math><mi>§</mi></math>")]
    [InlineData("<base href=\"§\">")]
    [InlineData("<link href=\"https://example.org/§\">")]
    [InlineData("<meta http-equiv=refresh content=\"0;§\">")]
    [InlineData("<form action=\"https://example.org/§\">x</form>")]
    [InlineData("<img srcset=\"https://example.org/§ 2x\">")]
    [InlineData("<td background=\"§\">x</td>")]
    [InlineData("<a href=\"§x\">x</a>")]
    [InlineData("<a href=\"§:x\">x</a>")]
    [InlineData("<a href=\"java§:x\">x</a>")]
    [InlineData("<a href=\"https:§\">x</a>")]
    [InlineData("<a href=\"https://§\">x</a>")]
    [InlineData("<a href=\"https://§.example.org/\">x</a>")]
    [InlineData("<a href=\"https://example.org§\">x</a>")]
    [InlineData("<a href=\"https://example.org:§/\">x</a>")]
    [InlineData("<a href=\"https://good.example@bad.example/§\">x</a>")]
    [InlineData("<a href=\"https://good.example\\§\">x</a>")]
    [InlineData("<a href=\"/o/§\">x</a>")]
    [InlineData("<a href=\"//§/x\">x</a>")]
    [InlineData("<a href=\"data:text/html,§\">x</a>")]
    [InlineData("<a href=\"javascript:alert('§')\">x</a>")]
    [InlineData("<a href=\"java&#10;script:§\">x</a>")]
    [InlineData("<img src=\"mailto:§\">")]
    public void Nothing_may_stand_there(string html)
    {
        var places = Of(html);
        Assert.NotEmpty(places);
        Assert.All(places, p => Assert.Equal(InsertKind.None, p.Kind));
        Assert.All(places, p => Assert.NotEmpty(p.Where));
    }

    [Fact]
    public void Each_place_is_told_apart()
    {
        var places = Of("<p title='§'>§ <a href='https://example.org/§?q=§'>§</a><!--§--></p>");
        Assert.Equal([InsertKind.Text, InsertKind.Text, InsertKind.UrlPart, InsertKind.UrlPart, InsertKind.Text, InsertKind.None], places.Select(p => p.Kind));
    }

    [Fact]
    public void A_place_that_the_parser_makes_twice_is_still_one() =>
        Assert.Equal([InsertKind.Text, InsertKind.Text], Of("<p><b title='§'>x<p>§</b>y</p>").Select(p => p.Kind));

    [Fact]
    public void A_text_that_has_marks_of_its_own_takes_none() =>
        Assert.Equal(InsertKind.None, Assert.Single(HtmlInserts.OfHtml(["<!--a\uE000 0\uE001--><p>", "</p>"])).Kind);

    [Fact]
    public void What_is_too_deep_takes_none() =>
        Assert.Equal(InsertKind.None, Assert.Single(HtmlInserts.OfHtml([string.Concat(Enumerable.Repeat("<div>", 2_000)), ""])).Kind);

    [Theory]
    [InlineData("Hello **§**", InsertKind.Text)]
    [InlineData("# §\n\nx", InsertKind.Text)]
    [InlineData("[§](https://example.org/)", InsertKind.Text)]
    [InlineData("| a |\n|---|\n| § |", InsertKind.Text)]
    [InlineData("[x](§)", InsertKind.Link)]
    [InlineData("[x](<§>)", InsertKind.Link)]
    [InlineData("[x][y]\n\n[y]: §", InsertKind.Link)]
    [InlineData("![x](§)", InsertKind.Picture)]
    [InlineData("[x](https://example.org/§)", InsertKind.UrlPart)]
    [InlineData("<https://example.org/§>", InsertKind.UrlPart)]
    [InlineData("See https://example.org/§ now", InsertKind.UrlPart)]
    [InlineData("[x](mailto:§)", InsertKind.MailtoAddress)]
    public void A_text_may_stand_there_in_markdown(string markdown, InsertKind kind) => Assert.Equal(kind, Assert.Single(HtmlInserts.OfMarkdown(markdown.Split('§'))).Kind);

    [Theory]
    [InlineData("`§`")]
    [InlineData("```\n§\n```")]
    [InlineData("```§\nx\n```")]
    [InlineData("    §")]
    [InlineData("[x](https://§/)")]
    [InlineData("[x](javascript:§)")]
    [InlineData("[x](/§)")]
    [InlineData("[y]: §\n\nnever used")]
    [InlineData("https://§ is bare")]
    [InlineData("www.§ is bare")]
    [InlineData("https://§.example.org/")]
    [InlineData("[x](§ y)")]
    public void Nothing_may_stand_there_in_markdown(string markdown) => Assert.Equal(InsertKind.None, Assert.Single(HtmlInserts.OfMarkdown(markdown.Split('§'))).Kind);

    [Fact]
    public void Two_places_do_not_make_a_link_together() =>
        Assert.All(HtmlInserts.OfMarkdown(["[x](", " ", ")"]), p => Assert.Equal(InsertKind.None, p.Kind));

    private static IReadOnlyList<InsertPlace> Of(string html) => HtmlInserts.OfHtml(html.Split('§'));
}
