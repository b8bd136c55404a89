using System.Text;
using MimeKit;

namespace MultiMail.Mail;

/// <summary>Which of a message's leaves a reader sees, and as what text.</summary>
/// <param name="markdown">Also as Markdown.</param>
internal sealed class BodyReader(ParsedMail mail, bool markdown)
{
    private const int MaxHtml = HtmlLimits.MaxChars;
    private readonly Dictionary<MimeEntity, string> texts = [];
    private readonly List<string> defects = [];
    private readonly bool isForward = QuoteMarks.IsForwardSubject(mail.Message.Subject ?? string.Empty);
    private readonly List<LinkFound> links = [];
    private readonly StringBuilder hidden = new();
    private int hiddenChars;
    private string? hiddenHash;
    private int htmlLeft = MaxHtml;
    private bool showsHtml;

    /// <summary>Not text/plain or text/html, or with a disposition other than inline.</summary>
    public static bool IsAttachment(MimeEntity entity) =>
        !IsBodyType(entity) || (entity.ContentDisposition is { } disposition && !IsInline(disposition));

    public void Fill(ReadMessageDraft draft)
    {
        draft.PlainText = Join(mail.Leaves.Where(leaf => IsPlain(leaf) && !IsAttachment(leaf)));
        draft.Html = Join(mail.Leaves.Where(leaf => !IsPlain(leaf) && !IsAttachment(leaf)));
        var shown = Visible(mail.Message.Body);
        if (shown.IsEmpty && draft.PlainText is not null)
        {
            shown = ShownText.Whole(LineEnds.ToLf(draft.PlainText));
        }

        if (mail.Leaves.Count == 0 && mail.Message.Body is Multipart { Preamble: { Length: > 0 } preamble })
        {
            // The boundary in the header is not the one in the body: better shown than lost.
            shown = ShownText.Whole(LineEnds.ToLf(BodyText.Clean(preamble)).Trim('\n'));
            draft.Defects.Add("no_parts");
        }

        draft.TextBody = shown.Text;
        draft.Trimmed = shown.Trimmed;
        draft.Marked = markdown ? shown.Marked : null;

        draft.HiddenText = new HiddenText(hiddenChars, hiddenHash, hidden.ToString());
        draft.Links = links.Count > 0 || showsHtml ? [.. links.Take(500)] : LinkList.InText(draft.TextBody);
        draft.TextDiffers = showsHtml && draft.PlainText is not null && TextComparison.Differ(draft.PlainText, draft.TextBody);
        draft.Defects.AddRange(defects);
    }

    private static bool IsInline(ContentDisposition disposition) =>
        string.Equals(disposition.Disposition, "inline", StringComparison.OrdinalIgnoreCase);

    private static bool IsBodyType(MimeEntity entity) => entity is MimePart && (IsPlain(entity) || entity.ContentType.IsMimeType("text", "html"));

    private static bool IsPlain(MimeEntity entity) => entity.ContentType.IsMimeType("text", "plain");

    private string? Join(IEnumerable<MimeEntity> leaves)
    {
        var found = leaves.Select(Text).ToList();
        return found.Count == 0 ? null : string.Join('\n', found);
    }

    private string Text(MimeEntity leaf)
    {
        if (!texts.TryGetValue(leaf, out var text))
        {
            text = BodyText.Decode(mail.Decode(leaf), leaf.ContentType.Charset, html: !IsPlain(leaf));
            texts[leaf] = text;
        }

        return text;
    }

    private ShownText Visible(MimeEntity? entity, int depth = 0) => entity switch
    {
        null => ShownText.Empty,
        Multipart multipart when depth > 30 => ShownText.Empty,
        Multipart multipart when multipart.ContentType.IsMimeType("multipart", "alternative") => Alternative(multipart, depth),
        Multipart multipart when multipart.ContentType.IsMimeType("multipart", "related") => Visible(RelatedRoot(multipart), depth + 1),
        Multipart multipart => ShownText.Join(multipart.Select(part => Visible(part, depth + 1))),
        _ when IsAttachment(entity) => ShownText.Empty,
        _ when IsPlain(entity) => PlainText(entity),
        _ => HtmlBody(Text(entity)),
    };

    /// <summary>RFC 2046 §5.1.4: the last one that is understood.</summary>
    private ShownText Alternative(Multipart multipart, int depth)
    {
        foreach (var choice in multipart.Reverse())
        {
            var shown = Visible(choice, depth + 1);
            if (!shown.IsEmpty)
            {
                return shown;
            }
        }

        return ShownText.Empty;
    }

    private static MimeEntity? RelatedRoot(Multipart multipart)
    {
        var start = multipart.ContentType.Parameters["start"]?.Trim('<', '>', ' ');
        return multipart.FirstOrDefault(part => start is not null && part.ContentId == start) ?? multipart.FirstOrDefault();
    }

    private ShownText PlainText(MimeEntity leaf)
    {
        var text = LineEnds.ToLf(Text(leaf));
        var flowed = string.Equals(leaf.ContentType.Parameters["format"], "flowed", StringComparison.OrdinalIgnoreCase);
        var deletes = string.Equals(leaf.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase);
        return Trimmed((flowed ? FlowedText.Unflow(text, deletes) : text).Trim('\n'), QuoteRanges.None);
    }

    private ShownText Trimmed(string text, QuoteRanges ranges) => ShownText.Plain(text, ReplyTrimming.Trim(text, ranges, isForward));

    private ShownText HtmlBody(string html)
    {
        showsHtml = true;
        if (html.Length > htmlLeft)
        {
            defects.Add("html_too_complex");
            return Trimmed(HtmlTokens.Text(html), QuoteRanges.None);
        }

        htmlLeft -= html.Length;
        var marked = markdown ? new MarkdownText() : null;
        var visible = HtmlText.Visible(html, marked);
        links.AddRange(visible.Links);
        defects.AddRange(visible.Defects);
        hiddenChars += visible.Hidden.Chars;
        hiddenHash ??= visible.Hidden.SampleSha256;
        hidden.Append(visible.Hidden.Text);
        var shown = Trimmed(visible.Text, visible.Quotes);
        return marked is null || visible.IsUnread ? shown : shown with
        {
            Marked = new MarkedText(
                BodyText.Clean(marked.ToString()),
                BodyText.Clean(shown.Trimmed.Length == shown.Text.Length ? marked.ToString() : marked.Until(shown.Trimmed.Length))),
        };
    }
}
