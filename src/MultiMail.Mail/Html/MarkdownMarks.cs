using AngleSharp.Dom;

namespace MultiMail.Mail;

/// <summary>Which mark an element makes, at its start and at its end. Emphasis inside the same emphasis makes none.</summary>
internal sealed class MarkdownMarks(MarkdownText text)
{
    private int bold;
    private int italic;

    public void Start(IElement element)
    {
        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level]:
                text.Open(new string('#', level - '0') + " ");
                break;
            case "b" or "strong" when bold++ == 0:
                text.Open("**");
                break;
            case "i" or "em" when italic++ == 0:
                text.Open("*");
                break;
            case "blockquote":
                text.OpenQuote();
                break;
            case "a" or "area" when Host(element).Length > 0:
                text.Open("[");
                break;
            default:
                break;
        }
    }

    public void End(IElement element)
    {
        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6']:
                text.Close(string.Empty);
                break;
            case "b" or "strong" when --bold == 0:
                text.Close("**");
                break;
            case "i" or "em" when --italic == 0:
                text.Close("*");
                break;
            case "blockquote":
                text.CloseQuote();
                break;
            case "a" or "area" when Host(element) is { Length: > 0 } host:
                // With a blank: it says where the link leads, and no program makes a link of it that is followed by itself.
                text.Close($"] ({host})");
                break;
            default:
                break;
        }
    }

    private static string Host(IElement element) => element.GetAttribute("href") is { Length: > 0 } target ? LinkList.HostOf(target) : string.Empty;
}
