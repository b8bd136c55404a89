using AngleSharp.Html.Parser;
using MultiMail.Core.Errors;
using MultiMail.Core.Templates;
using MultiMail.Mail;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Templates;

/// <summary>Attempts by what a stranger wrote, which an agent puts into a template's variables.</summary>
public sealed class TemplateAttacks
{
    private const string Html = "<h1 title=\"{{v}}\">{{v}}</h1><p id='{{v}}'>a {{v}} b <a href=\"https://shop.example/o/{{v}}?q={{v}}#{{v}}\">{{v}}</a> <a href='mailto:{{v}}?subject={{v}}'>m</a> <img alt='{{v}}' src='https://shop.example/p.png'></p>";

    private const string Markdown = "# {{v}}\n\nDear *{{v}}*, {{v}}\n\n- {{v}}\n\n> {{v}}\n\n| a | b |\n|---|---|\n| {{v}} | x |\n\n[{{v}}](https://shop.example/o/{{v}}) <https://shop.example/{{v}}> ![{{v}}](https://shop.example/{{v}}.png) {{v}}";

    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "</h1><img src=x onerror=alert(1)>", "\" onclick=\"alert(1)", "' onclick='alert(1)", "`onclick=alert(1)", "&lt;b&gt;", "&#60;b&#62;", "-->", "]]>",
        "[click](https://evil.example)", "![x](https://evil.example/x.png)", "](https://evil.example)", "<https://evil.example>", "https://evil.example", "www.evil.example",
        "a@evil.example", "mailto:a@evil.example", "[x]: https://evil.example", "**bold**", "_x_", "~~x~~", "`code`", "```", "\\", "\\\\[x](https://evil.example)", "# head", "> quote", "- item",
        "1. one", "| a | b |", "---", "===", "\n\n# head", "\n    code", "\n\t- x", "{{v}}", "}}", "%0d%0a", "?bcc=victim@example.org", "&bcc=victim@example.org", "javascript:alert(1)", "data:text/html,x",
        "//evil.example", "\\evil.example", "@evil.example", "#frag", "\u202Egnp.exe", "\u2028", "ﬀ", "Ω", "😀", "+x^2^", "==x==", "- [ ] task", "&copy;", "http\\://evil.example",
    ];

    public static TheoryData<string> Values => [.. Hostile];

    [Theory]
    [MemberData(nameof(Values))]
    public void No_value_makes_markup_of_itself_in_html(string value)
    {
        var (plain, attacked) = (Rendered("html", Html, "x"), Rendered("html", Html, value));
        Assert.Equal(Shape(plain), Shape(attacked));
        var document = new HtmlParser().ParseDocument(attacked);
        Assert.Equal(value, document.QuerySelector("h1")!.TextContent);
        Assert.Equal(value, document.QuerySelector("h1")!.GetAttribute("title"));
        Assert.StartsWith("https://shop.example/o/", document.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain("?bcc", document.QuerySelectorAll("a")[1].GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(1, document.QuerySelectorAll("a")[1].GetAttribute("href")!.Count(c => c is '?' or '&'));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void No_value_makes_markup_of_itself_in_markdown(string value)
    {
        var html = MailText.MarkdownToHtml(Rendered("markdown", Markdown, value));
        var document = new HtmlParser().ParseDocument(html);
        var plain = new HtmlParser().ParseDocument(MailText.MarkdownToHtml(Rendered("markdown", Markdown, "x")));
        Assert.All(document.QuerySelectorAll("a"), a => Assert.StartsWith("https://shop.example/", a.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All(document.QuerySelectorAll("img"), i => Assert.StartsWith("https://shop.example/", i.GetAttribute("src"), StringComparison.Ordinal));
        Assert.Empty(document.QuerySelectorAll("script, code, pre, b, i, del, sup, sub, mark, input, [onclick], [onerror]"));
        if (!value.Contains('\n', StringComparison.Ordinal))
        {
            Assert.Equal(Names(plain), Names(document)); // a blank line ends a heading, a row or a link's text; where links lead it does not change
        }
    }

    [Fact]
    public void Random_mixtures_make_no_markup_either()
    {
        var random = new Random(20261124);
        for (var i = 0; i < 2_000; i++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Hostile[random.Next(Hostile.Length)]));
            Assert.Equal(Shape(Rendered("html", Html, "x")), Shape(Rendered("html", Html, value)));
            var document = new HtmlParser().ParseDocument(MailText.MarkdownToHtml(Rendered("markdown", Markdown, value)));
            Assert.All(document.QuerySelectorAll("a"), a => Assert.StartsWith("https://shop.example/", a.GetAttribute("href"), StringComparison.Ordinal));
            Assert.All(document.QuerySelectorAll("img"), a => Assert.StartsWith("https://shop.example/", a.GetAttribute("src"), StringComparison.Ordinal));
            Assert.Empty(document.QuerySelectorAll("script, code, pre, [onclick], [onerror]"));
        }
    }

    [Theory]
    [InlineData("https://shop.example/a?b=1&c=2", "https://shop.example/a?b=1&c=2")]
    [InlineData("HTTP://Shop.example", "http://shop.example/")]
    [InlineData("https://shop.example/\"onclick=x'(y)<z>", "https://shop.example/%22onclick=x'(y)%3Cz%3E")]
    [InlineData("mailto:ann@shop.example", "mailto:ann@shop.example")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("JaVaScRiPt:alert(1)", null)]
    [InlineData("java\tscript:alert(1)", null)]
    [InlineData("data:text/html,<script>", null)]
    [InlineData("vbscript:x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("//evil.example", null)]
    [InlineData("/relative", null)]
    [InlineData("https://bank.example@evil.example/", null)]
    [InlineData("https:\\\\evil.example", null)]
    [InlineData("https://", null)]
    [InlineData("mailto:a@shop.example?bcc=b@evil.example", null)]
    [InlineData("mailto:a@shop.example,b@evil.example", null)]
    [InlineData("mailto:Ann <a@shop.example>", null)]
    [InlineData(" https://shop.example/", null)]
    [InlineData("", null)]
    public void A_whole_link_leads_where_links_may_lead(string value, string? target)
    {
        foreach (var (field, template) in ((string, string)[])[("html", "<a href='{{v}}'>x</a>"), ("markdown", "[x]({{v}})")])
        {
            var faults = new Faults();
            var rendered = TemplateRendering.Marked(field, template, Of(value), faults);
            if (target is null)
            {
                Assert.Equal("variables.v", Assert.Single(Assert.Throws<RefusalException>(faults.ThrowIfAny).Violations).Field);
                continue;
            }

            faults.ThrowIfAny();
            var link = new HtmlParser().ParseDocument(field == "html" ? rendered! : MailText.MarkdownToHtml(rendered!)).QuerySelector("a");
            Assert.Equal(Uri.UnescapeDataString(target), Uri.UnescapeDataString(link!.GetAttribute("href")!));
            Assert.Equal(["href"], link.Attributes.Select(a => a.Name));
        }
    }

    [Theory]
    [InlineData("mailto:ann@shop.example")]
    [InlineData("data:image/png;base64,AAAA")]
    public void A_picture_comes_over_http(string value)
    {
        var faults = new Faults();
        TemplateRendering.Marked("html", "<img src='{{v}}'>", Of(value), faults);
        Assert.True(faults.Any);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void No_value_steps_back_in_a_path(string value)
    {
        var faults = new Faults();
        TemplateRendering.Marked("html", "<a href='https://shop.example/o/{{v}}/x'>x</a>", Of(value), faults);
        Assert.True(faults.Any);
    }

    [Theory]
    [InlineData("Ann\r\nBcc: victim@example.org")]
    [InlineData("Ann\nBcc: victim@example.org")]
    [InlineData("Ann\rBcc: victim@example.org")]
    [InlineData("Ann\u0085Bcc: victim@example.org")]
    [InlineData("Ann\u2028Bcc: victim@example.org")]
    [InlineData("Ann\0")]
    [InlineData("Ann\u001B[2J")]
    [InlineData("Ann\\ud800")]
    public async Task No_value_breaks_out_of_the_subject(string value)
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome, default);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(Shelf.Mail(template.Id, ("name", value.Replace("\\ud800", "\uD800", StringComparison.Ordinal)), ("order", "7"))));
        Assert.Equal("variables.name", Assert.Single(refusal.Violations).Field);
        var log = await house.Node.Audit.QueryAsync(house.Person, new() { Action = "send.blocked" }, default);
        Assert.Equal("invalid_parameter", log.Entries[0].Reason);
    }

    [Fact]
    public async Task Line_breaks_in_a_body_stay_in_the_body()
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(house.Agent, new TemplateFields { Name = "x", Subject = "x", Text = "a {{v}} b", Variables = ["v"] }, default);
        var sent = await house.SendAsync(Shelf.Mail(template.Id, ("v", "1\r\n\r\nBcc: victim@example.org\r\n.\r\nMAIL FROM:<x@example.org>\t2")));
        var read = await Shelf.ReadAsync(house, sent.MessageId);
        Assert.DoesNotContain(read.Headers, h => h.Name.Equals("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("\n\nBcc: victim@example.org\n.\nMAIL FROM:<x@example.org>\t2 b", read.TextBody.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(["you@multimail.localhost"], (await Shelf.MessageAsync(house, sent.MessageId)).To);
    }

    [Fact]
    public async Task A_megabyte_is_refused_and_not_repeated()
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome, default);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(Shelf.Mail(template.Id, ("name", new string('x', 1_000_000)), ("order", "7"))));
        Assert.Equal("variables.name", Assert.Single(refusal.Violations).Field);
        Assert.True(refusal.Message.Length < 500);
    }

    [Fact]
    public async Task Many_long_values_together_meet_the_size_of_a_message()
    {
        await using var house = await House.BuildAsync();
        var text = string.Concat(Enumerable.Repeat("{{v}}", 500));
        var template = await house.Node.Templates.SaveAsync(house.Agent, new TemplateFields { Name = "x", Subject = "x", Text = text + " end", Html = text, Variables = ["v"] }, default);
        Assert.Equal("message_too_large", await RefusedAsync(() => house.SendAsync(Shelf.Mail(template.Id, ("v", new string('<', 2_000))))));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Templates.SaveAsync(
            house.Agent, new TemplateFields { Name = "x", Subject = "x", Text = text + "{{v}}", Variables = ["v"] }, default)));
    }

    [Fact]
    public async Task A_template_of_another_account_makes_no_mail()
    {
        await using var house = await House.BuildAsync();
        await using var other = await House.BuildAsync();
        var template = await other.Node.Templates.SaveAsync(other.Agent, Shelf.Welcome, default);
        Assert.Equal("not_found", await RefusedAsync(() => house.SendAsync(Shelf.Mail(template.Id, ("name", "Ann"), ("order", "7")))));
    }

    private static string Rendered(string field, string template, string value)
    {
        var faults = new Faults();
        var rendered = TemplateRendering.Marked(field, template, Of(value), faults);
        faults.ThrowIfAny();
        return rendered!; // the template is not null
    }

    private static Dictionary<string, string> Of(string value) => new(StringComparer.Ordinal) { ["v"] = value };

    private static string Names(AngleSharp.Html.Dom.IHtmlDocument document) => string.Join(' ', document.QuerySelectorAll("a, h1, h2, strong, ol, hr, img, table").Select(e => e.LocalName));

    // Elements with the names of their attributes, in order.
    private static string Shape(string html) => string.Join(
        ' ', new HtmlParser().ParseDocument(html).All.Select(e => $"{e.LocalName}({e.ParentElement?.LocalName})[{string.Join(',', e.Attributes.Select(a => a.Name))}]"));
}
