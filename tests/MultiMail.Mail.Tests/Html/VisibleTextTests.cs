using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Mail.Tests.Html;

/// <summary>Each way to hide text with a case that hides and one that does not.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("<!-- secret -->")]
    [InlineData("<!--[if mso]>secret<![endif]-->")]
    [InlineData("<script>secret</script>")]
    [InlineData("<style>secret{}</style>")]
    [InlineData("<title>secret</title>")]
    [InlineData("<iframe>secret</iframe>")]
    [InlineData("<img alt='secret' src=x>")]
    [InlineData("<input value=secret>")]
    public void What_is_no_text_of_the_page_is_dropped_and_not_counted(string part)
    {
        var read = Mail.Html($"<p>seen</p>{part}");
        Assert.Equal("seen", read.TextBody);
        Assert.Equal(0, read.HiddenText.Chars);
    }

    [Theory]
    [InlineData("<template>secret</template>")]
    [InlineData("<noscript>secret</noscript>")]
    [InlineData("<p hidden>secret</p>")]
    [InlineData("<p aria-hidden=true>secret</p>")]
    [InlineData("<p style='display:none'>secret</p>")]
    [InlineData("<p style='DISPLAY : NONE !important'>secret</p>")]
    [InlineData("<div style='display:none'><p style='display:block'>secret</p></div>")]
    [InlineData("<p style='visibility:hidden'>secret</p>")]
    [InlineData("<p style='visibility:collapse'>secret</p>")]
    [InlineData("<p style='opacity:0'>secret</p>")]
    [InlineData("<p style='opacity:.09'>secret</p>")]
    [InlineData("<p style='opacity:5%'>secret</p>")]
    [InlineData("<div style='opacity:.3'><p style='opacity:.3'>secret</p></div>")]
    [InlineData("<p style='font-size:0'>secret</p>")]
    [InlineData("<p style='font-size:3.9px'>secret</p>")]
    [InlineData("<p style='font-size:2pt'>secret</p>")]
    [InlineData("<p style='font-size:0.1em'>secret</p>")]
    [InlineData("<p style='font:1px/1 Arial'>secret</p>")]
    [InlineData("<div style='font-size:10%'><p style='font-size:100%'>secret</p></div>")]
    [InlineData("<p style='position:absolute;left:-9999px'>secret</p>")]
    [InlineData("<p style='position:fixed;top:-50em'>secret</p>")]
    [InlineData("<p style='text-indent:-9999px'>secret</p>")]
    [InlineData("<p style='margin-left:-2000px'>secret</p>")]
    [InlineData("<p style='max-height:0;overflow:hidden'>secret</p>")]
    [InlineData("<p style='height:1px;width:1px;overflow:hidden'>secret</p>")]
    [InlineData("<p style='position:absolute;clip:rect(0,0,0,0)'>secret</p>")]
    [InlineData("<p style='transform:scale(0)'>secret</p>")]
    [InlineData("<p style='color:#fff'>secret</p>")]
    [InlineData("<p style='color:white'>secret</p>")]
    [InlineData("<p style='color:rgb(250, 250, 250)'>secret</p>")]
    [InlineData("<p style='color:rgba(0,0,0,0.01)'>secret</p>")]
    [InlineData("<p style='color:transparent'>secret</p>")]
    [InlineData("<font color=white>secret</font>")]
    [InlineData("<font color=ffffff>secret</font>")]
    [InlineData("<div style='background:#000'><p style='color:#111'>secret</p></div>")]
    [InlineData("<table bgcolor=navy><tr><td style='color:#000080'>secret</td></tr></table>")]
    [InlineData("<a href='https://x.example' style='color:#fff'>secret</a>")]
    [InlineData("<style>.h{display:none}</style><p class='x h'>secret</p>")]
    [InlineData("<style>#h{display:none}</style><p id=h>secret</p>")]
    [InlineData("<style>em{display:none}</style><em>secret</em>")]
    [InlineData("<style>/* x */ em.a , em.b { font-size : 1px }</style><em class=b>secret</em>")]
    [InlineData("<style>.h{display:none!important}</style><p class=h style='display:block'>secret</p>")]
    [InlineData("<style>#h{display:none} .h{display:block}</style><p id=h class=h>secret</p>")]
    public void Hidden_text_is_removed_and_counted(string part)
    {
        var read = Mail.Html($"<p>seen</p>{part}");
        Assert.Equal("seen", read.TextBody);
        Assert.Equal(6, read.HiddenText.Chars);
        Assert.Equal("secret", read.HiddenText.Text);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("secret"u8)), read.HiddenText.SampleSha256);
        Assert.DoesNotContain(read.Links, link => link.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p style='display:block'>shown</p>")]
    [InlineData("<p aria-hidden=false>shown</p>")]
    [InlineData("<div style='visibility:hidden'><p style='visibility:visible'>shown</p></div>")]
    [InlineData("<p style='opacity:.1'>shown</p>")]
    [InlineData("<p style='font-size:4px'>shown</p>")]
    [InlineData("<p style='font-size:3pt'>shown</p>")]
    [InlineData("<div style='font-size:0'><p style='font-size:12px'>shown</p></div>")]
    [InlineData("<p style='font:bold 700 12px Arial'>shown</p>")]
    [InlineData("<p style='position:absolute;left:-10px'>shown</p>")]
    [InlineData("<p style='left:-9999px'>shown</p>")]
    [InlineData("<p style='text-indent:-20px'>shown</p>")]
    [InlineData("<p style='max-height:0'>shown</p>")]
    [InlineData("<p style='max-height:100px;overflow:hidden'>shown</p>")]
    [InlineData("<p style='color:#ccc'>shown</p>")]
    [InlineData("<p style='color:#fff;background:#000'>shown</p>")]
    [InlineData("<div style='background:#000'><p style='color:#fff'>shown</p></div>")]
    [InlineData("<table bgcolor=#000000><tr><td><font color=#ffffff>shown</font></td></tr></table>")]
    [InlineData("<div style='background:url(x.png)'><p style='color:#fff'>shown</p></div>")]
    [InlineData("<div style='background:#fff linear-gradient(red,blue)'><p style='color:#fff'>shown</p></div>")]
    [InlineData("<div background=x.png><p style='color:#fff'>shown</p></div>")]
    [InlineData("<p style='color:nonsense'>shown</p>")]
    [InlineData("<p style='display:none;display:block'>shown</p>")]
    [InlineData("<style>.h{display:none}</style><p class=hh>shown</p>")]
    [InlineData("<style>.h{display:none}</style><p class=h style='display:block'>shown</p>")]
    [InlineData("<style>p.h{display:none}</style><div class=h>shown</div>")]
    [InlineData("<style>@import url(x);.a{color:red}</style><p class=a>shown</p>")]
    public void Legitimate_text_stays(string part)
    {
        var read = Mail.Html($"<p>seen</p>{part}");
        Assert.Contains("shown", read.TextBody, StringComparison.Ordinal);
        Assert.Equal(0, read.HiddenText.Chars);
        Assert.DoesNotContain("style_unresolved", read.Defects);
    }

    [Theory]
    [InlineData("<style>div > p{display:none}</style><div><p>kept</p></div>")]
    [InlineData("<style>p[class]{display:none}</style><p class=a>kept</p>")]
    [InlineData("<style>p:first-child{font-size:0}</style><p>kept</p>")]
    [InlineData("<style>@media screen { .a { display:none } }</style><p class=a>kept</p>")]
    public void What_cannot_be_resolved_is_kept_and_flagged(string html)
    {
        var read = Mail.Html(html);
        Assert.Equal("kept", read.TextBody);
        Assert.Contains("style_unresolved", read.Defects);
    }

    [Fact]
    public void Rules_that_cannot_hide_are_not_flagged() =>
        Assert.Empty(Mail.Html("<style>a:hover{color:red} @media print{p{color:#000}}</style><p>x</p>").Defects);

    [Fact]
    public void Layout_follows_the_blocks()
    {
        var read = Mail.Html("<h1>Title</h1><p>One  two\n three<br>four&nbsp;five</p><ul><li>a</li><li>b</li></ul><ol><li>x<li>y</ol><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table><pre>  a\n   b</pre><div>end</div>");
        Assert.Equal("Title\n\nOne two three\nfour five\n\n- a\n- b\n\n1. x\n2. y\n\n1 2\n3\n\n  a\n   b\n\nend", read.TextBody);
    }

    [Theory]
    [InlineData("<a href='https://evil.example/x'>https://bank.example/login</a>", "evil.example", true)]
    [InlineData("<a href='https://evil.example/x'>www.bank.example</a>", "evil.example", true)]
    [InlineData("<a href='https://bank.example.evil.example/'>bank.example</a>", "bank.example.evil.example", true)]
    [InlineData("<a href='https://bank.example@evil.example/'>bank.example</a>", "evil.example", true)]
    [InlineData("<a href='https:\\\\evil.example/'>bank.example</a>", "evil.example", true)]
    [InlineData("<a href='mailto:x@evil.example?subject=a'>help@bank.example</a>", "evil.example", true)]
    [InlineData("<a href='https://www.bank.example:443/x?y#z'>bank.example</a>", "www.bank.example", false)]
    [InlineData("<a href='https://bank.example/'>www.bank.example</a>", "bank.example", false)]
    [InlineData("<a href='https://bank.example/'>log in here</a>", "bank.example", false)]
    [InlineData("<a href='https://bank.example/'>e.g. this</a>", "bank.example", false)]
    [InlineData("<a href='#top'>top</a>", "", false)]
    [InlineData("<a href='https://bücher.example/'>x</a>", "xn--bcher-kva.example", false)]
    public void Links_say_where_they_lead(string html, string host, bool another)
    {
        var link = Assert.Single(Mail.Html(html).Links);
        Assert.Equal(host, link.Host);
        Assert.Equal(another, link.TextNamesAnotherHost);
    }

    [Theory]
    [InlineData("https://аpple.example/", true)]
    [InlineData("https://apple.example/", false)]
    [InlineData("https://пример.example/", false)]
    public void Mixed_scripts_are_flagged(string target, bool mixed) => Assert.Equal(mixed, Assert.Single(Mail.Html($"<a href='{target}'>x</a>").Links).MixedScript);

    [Fact]
    public void Both_forms_of_an_international_host_are_given()
    {
        var link = Assert.Single(Mail.Html("<a href='https://xn--bcher-kva.example/'>x</a>").Links);
        Assert.Equal(("xn--bcher-kva.example", "bücher.example"), (link.Host, link.DisplayHost));
    }

    [Fact]
    public void Links_of_plain_text_are_listed_too()
    {
        var read = Mail.Read("\r\nSee https://a.example/x, or <http://b.example/y>. httpx is none.");
        Assert.Equal(["https://a.example/x", "http://b.example/y"], read.Links.Select(link => link.Target));
    }

    [Fact]
    public void Hidden_text_kept_for_inspection_is_bounded_but_counted_in_full()
    {
        var read = Mail.Html($"<p style='display:none'>{new string('x', 50_000)}</p>");
        Assert.Equal(50_000, read.HiddenText.Chars);
        Assert.Equal(10_000, read.HiddenText.Text.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(new string('x', 1_000)))), read.HiddenText.SampleSha256);
    }
}
