namespace MultiMail.Core.Text;

/// <summary>A window of a text that never splits a surrogate pair; concatenated windows give the whole back.</summary>
internal static class TextWindow
{
    public static (string Window, int Remaining) Cut(string text, int offset, int length)
    {
        var start = Safe(text, Math.Clamp(offset, 0, text.Length));
        var end = Safe(text, Math.Min(text.Length, start + length));
        return (text[start..end], text.Length - end);
    }

    private static int Safe(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
