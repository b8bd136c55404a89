namespace MultiMail.Mail;

/// <summary>What is shown of one or several parts, whole and without what they quote.</summary>
internal readonly record struct ShownText(string Text, string Trimmed)
{
    private const string Gap = "\n\n";

    public static ShownText Empty { get; } = Whole(string.Empty);

    public bool IsEmpty => Text.Length == 0;

    public static ShownText Whole(string text) => new(text, text);

    public static ShownText Join(IEnumerable<ShownText> parts)
    {
        var shown = parts.Where(part => !part.IsEmpty).ToList();
        return shown.Count == 1 ? shown[0] : new ShownText(string.Join(Gap, shown.Select(part => part.Text)), string.Join(Gap, shown.Select(part => part.Trimmed)));
    }
}
