using System.Text;
using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Errors;
using MultiMail.Mail;

namespace MultiMail.Core.Tests.Compliance;

/// <summary>AI-01 to AI-03 on bytes that no composer of ours made.</summary>
public sealed class DisclosureCheckTests
{
    private const string Line = "This message was written and sent by an AI agent (bot) on behalf of Example GmbH.";
    private const string Marks = "Auto-Submitted: auto-generated\nX-AI-Generated: true\n";

    private static readonly DisclosureExpectation Expected = DisclosureExpectation.For(Authorship.Agent, machinesOnly: false, ["en"], "bot", "Example GmbH", reviewed: false);

    [Theory]
    [InlineData(Line + "\n\nHello.")]
    [InlineData(Line + "\n\nHello.\n> " + Line)]
    [InlineData("\n" + Line + "\n")]
    public void A_line_once_at_the_top_passes(string text)
    {
        Assert.Empty(DisclosureCheck.Violations(Read(Marks, text), Expected));
        Assert.Empty(DisclosureCheck.Violations(Read(Marks, text), Expected with { Lines = null }));
    }

    [Theory]
    [InlineData("Hello.", "AI-01")]
    [InlineData("Hello.\n\n" + Line, "AI-01")]
    [InlineData("> " + Line + "\n\nHello.", "AI-01")]
    [InlineData(Line + "\n\n" + Line + "\n\nHello.", "AI-01")]
    [InlineData(Line + "\n\nHello. " + Line, "AI-01")]
    [InlineData(Line + "\n\nHello. this  MESSAGE was written and sent by\nan AI agent (x) on behalf of y.", "AI-01")]
    [InlineData(Line + "\n\nDiese Nachricht wurde von einem KI-Agenten (x) im Auftrag von y verfasst und gesendet.", "AI-01")]
    [InlineData("This message was written and sent by an AI agent (bot) on behalf of somebody else.\n\nHello.", "AI-02")]
    public void Anything_else_is_named_by_rule_field_and_fix(string text, string rule)
    {
        foreach (var expected in (DisclosureExpectation[])[Expected, Expected with { Lines = null }])
        {
            var violation = Assert.Single(DisclosureCheck.Violations(Read(Marks, text), expected));
            Assert.Equal((ErrorCodes.ComplianceRejected, rule, "text"), (violation.Code, violation.Rule, violation.Field));
            Assert.NotEmpty(violation.Fix);
        }
    }

    [Theory]
    [InlineData("<p style=\"display:none\">" + Line + "</p><p>Hello.</p>")]
    [InlineData("<p>Hello.</p><p>" + Line + "</p>")]
    [InlineData("<blockquote type=\"cite\">" + Line + "</blockquote><p>Hello.</p>")]
    [InlineData("<p style=\"color:#fff\">" + Line + "</p><p>Hello.</p>")]
    [InlineData("<!-- " + Line + " --><p>Hello.</p>")]
    public void A_line_that_no_reader_of_the_html_sees_at_the_top_is_none(string html)
    {
        var violation = Assert.Single(DisclosureCheck.Violations(ReadHtml(Line, html), Expected));
        Assert.Equal(("AI-01", "html"), (violation.Rule, violation.Field));
    }

    [Fact]
    public void A_quoted_line_below_the_own_one_does_not_count()
    {
        Assert.Empty(DisclosureCheck.Violations(ReadHtml(Line, $"<p>{Line}</p><p>Yes.</p><blockquote type=\"cite\"><p>{Line}</p></blockquote>"), Expected));
    }

    [Theory]
    [InlineData("", Authorship.Agent)]
    [InlineData("X-AI-Generated: false\n", Authorship.Agent)]
    [InlineData("X-AI-Generated: true\nX-AI-Generated: true\n", Authorship.Agent)]
    [InlineData("X-AI-Generated: true\nAuto-Submitted: auto-generated\nAuto-Submitted: auto-replied\n", Authorship.Agent)]
    [InlineData("X-AI-Generated: true\n", Authorship.PersonWithAgent)]
    [InlineData("Auto-Submitted: auto-generated\n", Authorship.Person)]
    internal void Fields_that_do_not_tell_the_real_author_break_ai_03(string fields, Authorship author)
    {
        var violation = Assert.Single(DisclosureCheck.Violations(Read(fields, Line), Expected with { Author = author }));
        Assert.Equal(("AI-03", "headers"), (violation.Rule, violation.Field));
    }

    [Fact]
    public void Machines_and_a_persons_own_mail_need_no_line()
    {
        var machine = DisclosureExpectation.For(Authorship.Agent, machinesOnly: true, ["en"], "bot", "Example GmbH", reviewed: false);
        var person = DisclosureExpectation.For(Authorship.Person, machinesOnly: false, ["en"], "bot", "Example GmbH", reviewed: true);
        Assert.Empty(DisclosureCheck.Violations(Read(Marks, "Hello."), machine));
        Assert.Empty(DisclosureCheck.Violations(Read(string.Empty, "Hello."), person));
    }

    private static ReadMessage Read(string fields, string text) =>
        MessageReader.Read(Encoding.UTF8.GetBytes($"From: bot@example.org\nSubject: x\n{fields}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".ReplaceLineEndings("\r\n")));

    private static ReadMessage ReadHtml(string text, string html) => MessageReader.Read(Encoding.UTF8.GetBytes(
        $"From: bot@example.org\nSubject: x\n{Marks}MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: text/html\n\n{html}\n--b--\n".ReplaceLineEndings("\r\n")));
}
