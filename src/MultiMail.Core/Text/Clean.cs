using MultiMail.Mail;

namespace MultiMail.Core.Text;

/// <summary>Text as an agent may see it: invisible characters taken out and counted.</summary>
internal static class Clean
{
    public static NormalisedText Body(string text) => UntrustedText.Normalise(text);

    /// <summary>One line: names, subjects, snippets.</summary>
    public static string Line(string text) => UntrustedText.Normalise(text).Text.ReplaceLineEndings(" ").Replace('\t', ' ');

    public static string? OptionalLine(string? text) => text is null ? null : Line(text);
}
