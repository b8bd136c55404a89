namespace MultiMail.Core.Messages;

/// <summary>The first words of a text on one line, at most 160 characters.</summary>
internal static class Snippets
{
    private const int Length = 160;

    public static string Of(string text)
    {
        var words = new System.Text.StringBuilder(Length);
        foreach (var word in text.AsSpan(0, Math.Min(text.Length, 4 * Length)).ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (words.Length + word.Length + 1 > Length)
            {
                words.Append('…');
                break;
            }

            words.Append(words.Length == 0 ? string.Empty : " ").Append(word);
        }

        return words.ToString();
    }
}
