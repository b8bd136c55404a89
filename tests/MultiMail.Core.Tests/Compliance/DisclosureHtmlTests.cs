using MultiMail.Core.Errors;
using MultiMail.Core.Node;
using MultiMail.Mail;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Compliance;

/// <summary>HTML that would hide the disclosure, lay something over it or push it down.</summary>
public sealed class DisclosureHtmlTests
{
    [Theory]
    [InlineData("<p>They are fine.</p>")]
    [InlineData("They are fine.")]
    [InlineData("<style>p{display:none!important}</style><div>They are fine.</div>")]
    [InlineData("<style>body>*:first-child{font-size:0!important;color:#fff!important}</style><div>They are fine.</div>")]
    [InlineData("<html><head><style>[role=note]{opacity:0!important}html{filter:opacity(0)}</style></head><body style=\"display:none\"><div>They are fine.</div></body></html>")]
    [InlineData("<!DOCTYPE html><html style='transform:scale(0)' hidden><body hidden aria-hidden=true style='height:0;overflow:hidden;opacity:0'><div>They are fine.</div></body></html>")]
    [InlineData("<body style='margin:-999px;font-size:0;visibility:hidden'><div>They are fine.</div>")]
    [InlineData("<div style='position:fixed;z-index:2147483647;top:0;left:0;width:100%;height:50%;background:#fff'>They are fine.</div>")]
    [InlineData("<div style='p\\6fsition/**/:absolute;z-\\69ndex:9999999999;top:0'>They are fine.</div>")]
    [InlineData("</p></div></body></html><div>They are fine.</div>")]
    [InlineData("<!-- a comment --><div>They are fine.</div>")]
    [InlineData("<!--><body hidden>--><div>They are fine.</div>")]
    [InlineData("<table><tr><td><table><tr><td>They are fine.</td></tr></table></td></tr></table>")]
    [InlineData("<table><tr><td><p>They are fine.")]
    [InlineData("<template><p>hidden</p></template><noscript>x</noscript><div>They are fine.</div>")]
    [InlineData("<head><title>They</title><base href='https://evil.test/'></head><div>They are fine.</div>")]
    [InlineData("<link rel=stylesheet href='https://evil.test/a.css'><svg><style>p{display:none}</style></svg><div>They are fine.</div>")]
    [InlineData("<script>document.body.innerHTML=''</script><div>They are fine.</div>")]
    [InlineData("<math><mtext><style>p{display:none}</style></mtext></math><div>They are fine.</div>")]
    public async Task Nothing_in_the_senders_html_comes_before_the_line_or_hides_it(string html)
    {
        await using var house = await House.BuildAsync();
        var account = (await house.Store.GetAccountAsync(house.Person.Account, default))!.Name;
        var read = await house.ReadAsync(Letter() with { Text = null, Html = html });
        var line = $"This message was written and sent by an AI agent (agent) on behalf of {account}. A person reviewed it before sending.";
        var seen = HtmlSight.Of(read.Html!);
        Assert.False(seen.IsUnread);
        Assert.StartsWith(line, seen.Text, StringComparison.Ordinal);
        Assert.Contains("They are fine.", seen.Text, StringComparison.Ordinal);
        Assert.StartsWith(line, read.PlainText, StringComparison.Ordinal);
        Assert.Contains("They are fine.", read.PlainText, StringComparison.Ordinal);
        foreach (var reaching in (string[])["<style", "<link", "<script", "<base", "fixed", "absolute", "hidden=", "display:none", "opacity:0;", "9999999999"])
        {
            Assert.DoesNotContain(reaching, Without(read.Html!), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task What_the_sender_wrote_stays_and_so_do_harmless_styles()
    {
        await using var house = await House.BuildAsync();
        const string html = "<!DOCTYPE html><html lang=\"en\"><head></head><body style=\"background-color:#eee;margin:0\"><div style=\"color:#333;padding:8px\">They are <b>fine</b>.</div></body></html>";
        var read = await house.ReadAsync(Letter() with { Html = html });
        Assert.Contains("<!DOCTYPE html><html lang=\"en\"><head></head><body style=\"background-color:#eee;margin:0\"><p role=\"note\"", read.Html, StringComparison.Ordinal);
        Assert.Contains("<div style=\"color:#333;padding:8px\">They are <b>fine</b>.</div>", read.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_own_html_is_left_as_it_is()
    {
        await using var house = await House.BuildAsync();
        const string html = "<style>p{color:#333}</style><p>It is me.</p>";
        var read = await house.ReadAsync(new Core.Messages.Submission { From = Installation.PersonAddress, To = [Installation.AgentAddress], Subject = "Hi", Html = html }, house.Person);
        Assert.Equal(html, read.Html!.TrimEnd());
        Assert.Equal("It is me.", read.PlainText!.TrimEnd());
    }

    [Theory]
    [InlineData("<frameset><frame src='https://evil.test'></frameset>")]
    [InlineData("{deep}")]
    public async Task Html_that_the_line_cannot_stand_in_is_refused_by_rule_and_field(string html)
    {
        await using var house = await House.BuildAsync();
        var given = html == "{deep}" ? string.Concat(Enumerable.Repeat("<div>", 3_000)) + "Hi." : html;
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(Letter() with { Html = given }));
        var violation = Assert.Single(refused.Violations);
        Assert.Equal(("compliance_rejected", "AI-01", "html"), (violation.Code, violation.Rule, violation.Field));
        Assert.NotEmpty(violation.Fix);
    }

    /// <summary>The server's own paragraph has styles that the sender's must not have.</summary>
    private static string Without(string html)
    {
        var start = html.IndexOf("<p role=\"note\"", StringComparison.Ordinal);
        return html.Remove(start, html.IndexOf("</p>", start, StringComparison.Ordinal) - start);
    }
}
