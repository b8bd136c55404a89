namespace MultiMail.Mail;

/// <summary>What a person who looks at HTML sees of it: for rules that ask whether something is visible.</summary>
/// <param name="Text">Visible text, LF line ends; empty when <paramref name="IsReadable"/> is false.</param>
/// <param name="Links">In their order, at most 500; the text of one is empty when it shows a picture only, or nothing.</param>
/// <param name="IsReadable">False: too complex to tell what is visible, so nothing counts as seen.</param>
public sealed record ShownHtml(string Text, IReadOnlyList<LinkFound> Links, bool IsReadable)
{
    public static ShownHtml Of(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var visible = HtmlText.Visible(html);
        return visible.IsUnread || visible.Defects.Contains("html_too_deep", StringComparer.Ordinal)
            ? new ShownHtml(string.Empty, [], IsReadable: false)
            : new ShownHtml(visible.Text, visible.Links, IsReadable: true);
    }
}
