using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Compliance.Footers;
using MultiMail.Mail;

namespace MultiMail.Core.Compliance;

/// <summary>The two bodies of a message.</summary>
/// <param name="IsOwnHtml">The HTML was made from markdown here: it hides nothing, and needs no parsing before something is added.</param>
internal sealed record Bodies(string Text, string? Html, bool IsOwnHtml)
{
    /// <summary>The sender's words; what reads text gets text, whatever they were written in.</summary>
    /// <exception cref="RefusalException">The markdown cannot be rendered.</exception>
    public static Bodies Of(CheckedSubmission wanted)
    {
        var text = string.IsNullOrWhiteSpace(wanted.Text) ? null : wanted.Text;
        try
        {
            return wanted switch
            {
                { Markdown: { } markdown } when !string.IsNullOrWhiteSpace(markdown) =>
                    new Bodies(text ?? MailText.MarkdownToText(markdown), MailText.MarkdownToHtml(markdown), IsOwnHtml: true),
                { Html: { } html } when !string.IsNullOrWhiteSpace(html) => new Bodies(text ?? MailText.HtmlToText(html), html, IsOwnHtml: false),
                _ => new Bodies(text ?? string.Empty, null, IsOwnHtml: false),
            };
        }
        catch (MailFormatException format)
        {
            throw FormatFaults.Refusal(format);
        }
    }

    /// <summary>With the lines at the top, once in each part, and the footer at the end.</summary>
    public Bodies With(IReadOnlyList<DisclosureLine> lines, Footer? footer)
    {
        if (lines.Count == 0 && footer is null)
        {
            return this;
        }

        var top = lines.Count == 0 ? string.Empty : $"{string.Join('\n', lines.Select(line => line.Text))}\n\n";
        var end = footer?.OfText(Text) ?? string.Empty;
        return new Bodies($"{top}{(end.Length == 0 ? Text : Text.TrimEnd())}{end}", Html is null ? null : HtmlWith(Html, lines, footer), IsOwnHtml);
    }

    private string HtmlWith(string html, IReadOnlyList<DisclosureLine> lines, Footer? footer)
    {
        var first = string.Concat(lines.Select(line => HtmlNotes.Note(line.Language, line.Text)));
        var last = footer?.OfHtml(html, IsOwnHtml ? Text : HtmlSight.Of(html).Text) ?? string.Empty;
        if (IsOwnHtml)
        {
            return first + html + last;
        }

        return HtmlFrame.Around(html, first, last) ?? throw RefusalException.For(
        [
            new Violation(
                ErrorCodes.ComplianceRejected, "html", "The HTML has no body that the disclosure can stand in, or it is too large to be read.",
                "Send text or markdown, or HTML with a body and fewer elements.", "AI-01"),
        ]);
    }
}
