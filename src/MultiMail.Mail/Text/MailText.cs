using Markdig;

namespace MultiMail.Mail;

/// <summary>Markdown (CommonMark with tables, task lists and bare links) as the two bodies of a message. Raw HTML in it is shown as text.</summary>
public static class MailText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseTaskLists()
        .UseAutoLinks()
        .UseEmphasisExtras()
        .Build();

    /// <summary>An HTML fragment; raw HTML in the source is escaped.</summary>
    /// <exception cref="MailFormatException">The text is nested too deeply to be rendered.</exception>
    public static string MarkdownToHtml(string md)
    {
        try
        {
            return Markdown.ToHtml(md, Pipeline);
        }
        catch (ArgumentException exception) when (exception is not ArgumentNullException)
        {
            throw new MailFormatException([new MailFault("markdown", "markdown_too_deep", "the markdown is nested too deeply", "Use fewer levels of quotes and lists.")]);
        }
    }

    /// <summary>The same content as plain text; the target of a link follows its text.</summary>
    public static string MarkdownToText(string md) => HtmlText.WithTargets(MarkdownToHtml(md));

    /// <summary>The visible text of HTML; the target of a link follows its text.</summary>
    public static string HtmlToText(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return HtmlText.WithTargets(html);
    }
}
