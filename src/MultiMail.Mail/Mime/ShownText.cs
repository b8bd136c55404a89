namespace MultiMail.Mail;

/// <summary>What is shown of one or several parts, whole and without what they quote.</summary>
/// <param name="Marked">The same two as Markdown; for a part without HTML they are its text.</param>
internal readonly record struct ShownText(string Text, string Trimmed, MarkedText Marked)
{
    private const string Gap = "\n\n";

    public static ShownText Empty { get; } = Whole(string.Empty);

    public bool IsEmpty => Text.Length == 0;

    public static ShownText Whole(string text) => Plain(text, text);

    public static ShownText Plain(string text, string trimmed) => new(text, trimmed, new MarkedText(text, trimmed));

    public static ShownText Join(IEnumerable<ShownText> parts)
    {
        var shown = parts.Where(part => !part.IsEmpty).ToList();
        return shown.Count == 1 ? shown[0] : new ShownText(
            string.Join(Gap, shown.Select(part => part.Text)),
            string.Join(Gap, shown.Select(part => part.Trimmed)),
            new MarkedText(string.Join(Gap, shown.Select(part => part.Marked.Text)), string.Join(Gap, shown.Select(part => part.Marked.Trimmed))));
    }
}
