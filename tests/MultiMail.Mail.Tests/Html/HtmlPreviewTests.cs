namespace MultiMail.Mail.Tests.Html;

public sealed class HtmlPreviewTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "script|alert")]
    [InlineData("<form action='https://evil.example'><input name=a><button>go</button></form>", "form|input|button|evil")]
    [InlineData("<img src='https://evil.example/track.png'>", "evil")]
    [InlineData("<img src='//evil.example/track.png'>", "evil")]
    [InlineData("<img srcset='https://evil.example/a 1x'>", "evil")]
    [InlineData("<video src='https://evil.example/a' poster='https://evil.example/b'></video>", "evil")]
    [InlineData("<iframe src='https://evil.example'></iframe>", "evil|iframe")]
    [InlineData("<object data='https://evil.example'></object><embed src='https://evil.example'>", "evil")]
    [InlineData("<p style='background:url(https://evil.example/a)'>x</p>", "evil|url")]
    [InlineData("<p style='background-image:u\\72l(https://evil.example/a)'>x</p>", "evil|url")]
    [InlineData("<p style='list-style:url(https://evil.example/a)'>x</p>", "evil|url")]
    [InlineData("<p style='background:image-set(\"https://evil.example/a\" 1x)'>x</p>", "evil")]
    [InlineData("<style>@import url(https://evil.example/a);</style>", "evil|style")]
    [InlineData("<link rel=stylesheet href='https://evil.example/a'>", "evil")]
    [InlineData("<meta http-equiv=refresh content='0;url=https://evil.example'>", "evil")]
    [InlineData("<base href='https://evil.example/'>", "evil")]
    [InlineData("<table background='https://evil.example/a'></table>", "evil")]
    [InlineData("<body background='https://evil.example/a'>x</body>", "evil")]
    [InlineData("<a href='javascript:alert(1)'>x</a>", "javascript")]
    [InlineData("<a href='java\tscript:alert(1)'>x</a>", "script")]
    [InlineData("<a href='data:text/html,x'>x</a>", "data:")]
    [InlineData("<p onclick='alert(1)'>x</p>", "onclick|alert")]
    [InlineData("<svg><image href='https://evil.example/a'/></svg>", "evil|svg")]
    [InlineData("<math><mi xlink:href='https://evil.example'>x</mi></math>", "evil")]
    [InlineData("<img src='data:image/svg+xml;base64,AAAA'>", "svg")]
    [InlineData("<blockquote cite='https://evil.example/a'>x</blockquote>", "evil")]
    [InlineData("<img src=x longdesc='https://evil.example' dynsrc='https://evil.example' lowsrc='https://evil.example'>", "evil")]
    public void Nothing_runs_and_nothing_loads(string html, string absent)
    {
        var clean = HtmlPreview.Sanitise(html);
        Assert.All(absent.Split('|'), word => Assert.DoesNotContain(word, clean, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("<p style=\"color: red\">Hi <b>there</b></p>", "<b>there</b>")]
    [InlineData("<a href=\"https://example.org/x\">x</a>", "https://example.org/x")]
    [InlineData("<a href=\"mailto:a@b.example\">x</a>", "mailto:a@b.example")]
    [InlineData("<img src=\"data:image/png;base64,iVBORw0KGgo=\">", "data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("<table><tr><td bgcolor=\"#ff0000\">x</td></tr></table>", "<td")]
    public void Ordinary_mail_keeps_its_look(string html, string present) => Assert.Contains(present, HtmlPreview.Sanitise(html), StringComparison.Ordinal);

    [Fact]
    public void Too_much_is_shown_as_text()
    {
        var clean = HtmlPreview.Sanitise(string.Concat(Enumerable.Repeat("<a href='https://x.example'>a</a>", 100_000)) + "<script>bad</script>&lt;b&gt;");
        Assert.StartsWith("<pre>", clean, StringComparison.Ordinal);
        Assert.DoesNotContain("bad", clean, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;", clean, StringComparison.Ordinal);
    }
}
