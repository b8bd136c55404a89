using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Text;

namespace MultiMail.Core.Messages;

/// <summary>The first words of a text on one line, at most 160 characters, with an ellipsis behind them where the text goes on. The disclosure at its top is left out: it would be all that a list shows.</summary>
internal static class Snippets
{
    private const int Length = 160;

    public static string Of(string text)
    {
        var start = TextWindow.Cut(text, 0, 8 * Length).Window;
        var line = DisclosureTexts.WithoutTop(string.Join(' ', start.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        if (line.Length <= Length)
        {
            return line;
        }

        // A text without spaces, as Chinese and Japanese are written, is cut within the word.
        var space = line.LastIndexOf(' ', Length - 1);
        return TextWindow.Cut(line, 0, space >= Length / 2 ? space : Length - 1).Window + "…";
    }
}
