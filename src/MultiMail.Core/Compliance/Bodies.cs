using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Compliance.Footers;
using MultiMail.Mail;

namespace MultiMail.Core.Compliance;

/// <summary>The two bodies of a message. What reads text gets text, whatever the sender wrote in.</summary>
internal sealed record Bodies(string Text, string? Html)
{
    /// <param name="lines">Stand at the top, once in each part.</param>
    /// <param name="footer">Ends each part; null = none.</param>
    /// <exception cref="RefusalException">The markdown cannot be rendered, or the HTML cannot be read.</exception>
    public static Bodies Of(CheckedSubmission wanted, IReadOnlyList<DisclosureLine> lines, Footer? footer)
    {
        var text = string.IsNullOrWhiteSpace(wanted.Text) ? null : wanted.Text;
        try
        {
            return wanted switch
            {
                { Markdown: { } markdown } when !string.IsNullOrWhiteSpace(markdown) => OfMarkdown(text, markdown, lines, footer),
                { Html: { } html } when !string.IsNullOrWhiteSpace(html) => OfHtml(text, html, lines, footer),
                _ => new Bodies(TextOf(text ?? string.Empty, lines, footer), null),
            };
        }
        catch (MailFormatException format)
        {
            throw FormatFaults.Refusal(format);
        }
    }

    /// <summary>HTML that was made here hides nothing and needs no parsing before something is added.</summary>
    private static Bodies OfMarkdown(string? text, string markdown, IReadOnlyList<DisclosureLine> lines, Footer? footer)
    {
        var plain = MailText.MarkdownToText(markdown);
        var html = MailText.MarkdownToHtml(markdown);
        return new Bodies(TextOf(text ?? plain, lines, footer), Notes(lines) + html + footer?.OfHtml(html, plain));
    }

    private static Bodies OfHtml(string? text, string html, IReadOnlyList<DisclosureLine> lines, Footer? footer)
    {
        if (lines.Count == 0 && footer is null)
        {
            return new Bodies(text ?? MailText.HtmlToText(html), html);
        }

        var framed = Framed(html, Notes(lines), footer?.OfHtml(html, HtmlSight.Of(html).Text));
        return new Bodies(TextOf(text ?? MailText.HtmlToText(Framed(html, null, null)), lines, footer), framed);
    }

    private static string Framed(string html, string? first, string? last) => HtmlFrame.Around(html, first ?? string.Empty, last ?? string.Empty) ?? throw RefusalException.For(
    [
        new Violation(
            ErrorCodes.ComplianceRejected, "html", "The HTML has no body that the disclosure can stand in, or it is too large to be read.",
            "Send text or markdown, or HTML with a body and fewer elements.", "AI-01"),
    ]);

    private static string TextOf(string text, IReadOnlyList<DisclosureLine> lines, Footer? footer)
    {
        var top = lines.Count == 0 ? string.Empty : $"{string.Join('\n', lines.Select(line => line.Text))}\n\n";
        var end = footer?.OfText(text) ?? string.Empty;
        return $"{top}{(end.Length == 0 ? text : text.TrimEnd())}{end}";
    }

    private static string Notes(IReadOnlyList<DisclosureLine> lines) => string.Concat(lines.Select(line => HtmlNotes.Note(line.Language, line.Text)));
}
