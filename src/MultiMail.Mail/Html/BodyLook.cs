namespace MultiMail.Mail;

/// <summary>What a person should know of a body that is about to be sent, before it is written down.</summary>
/// <param name="Text">What a reader sees of all its forms, for comparison.</param>
/// <param name="Hosts">Where its links lead, as A-labels.</param>
/// <param name="LinkMismatch">The text of a link names another host than it leads to.</param>
/// <param name="HidesText">The HTML hides text from whoever looks at it.</param>
/// <param name="PlainDiffers">The plain text says something materially different from the visible HTML.</param>
public sealed record BodyLook(string Text, IReadOnlyList<string> Hosts, bool LinkMismatch, bool HidesText, bool PlainDiffers)
{
    /// <param name="text">Plain text; may be null.</param>
    /// <param name="html">HTML source; may be null.</param>
    /// <param name="markdown">What HTML is made of; may be null.</param>
    public static BodyLook Of(string? text, string? html, string? markdown)
    {
        var source = html ?? (markdown is null ? null : MailText.MarkdownToHtml(markdown));
        var links = text is null ? [] : LinkList.InText(text);
        if (source is null)
        {
            return new BodyLook(text ?? string.Empty, HostsOf(links), LinkMismatch: false, HidesText: false, PlainDiffers: false);
        }

        var visible = HtmlText.Visible(source);
        links = [.. links, .. visible.Links];
        return new BodyLook(
            $"{text}\n{visible.Text}\n{visible.Hidden.Text}",
            HostsOf(links),
            links.Any(link => link.TextNamesAnotherHost),
            visible.Hidden.Chars > 0,
            text is not null && TextComparison.Differ(text, visible.Text));
    }

    private static IReadOnlyList<string> HostsOf(IEnumerable<LinkFound> links) =>
        [.. links.Select(link => link.Host).Where(host => host.Length > 0).Distinct(StringComparer.Ordinal)];
}
