namespace MultiMail.Mail;

/// <summary>A text in LF lines, seen line by line without copies.</summary>
internal sealed class TextLines
{
    private readonly List<int> starts = [0];

    public TextLines(string text)
    {
        Text = text;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }
    }

    public string Text { get; }

    public int Count => starts.Count;

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<char> this[int line] => Text.AsSpan(starts[line], End(line) - starts[line]);

    public int Start(int line) => starts[line];

    public int End(int line) => line + 1 < starts.Count ? starts[line + 1] - 1 : Text.Length;

    public bool IsBlank(int line) => this[line].IsWhiteSpace();

    /// <summary>The first line that begins at or after a position of the text; <see cref="Count"/> when there is none.</summary>
    public int At(int position)
    {
        var found = starts.BinarySearch(position);
        return found >= 0 ? found : ~found;
    }
}
