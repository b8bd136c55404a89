namespace MultiMail.Core.Compliance.Disclosure;

/// <summary>A sentence with places for the agent's and the operator's name, in that order.</summary>
internal sealed class DisclosureForm
{
    private const int MaxName = 300;
    private readonly string _start;
    private readonly string _middle;
    private readonly string _end;

    public DisclosureForm(string sentence)
    {
        var agent = sentence.IndexOf("{agent}", StringComparison.Ordinal);
        var person = sentence.IndexOf("{operator}", StringComparison.Ordinal);
        _start = sentence[..agent];
        _middle = sentence[(agent + "{agent}".Length)..person];
        _end = sentence[(person + "{operator}".Length)..];
    }

    public string Write(string agent, string person) => $"{_start}{agent}{_middle}{person}{_end}";

    /// <summary>The next sentence of this form in a text whose blanks are single; case does not matter.</summary>
    /// <returns>Null when there is none from <paramref name="from"/> on.</returns>
    public FoundForm? Find(string text, int from)
    {
        for (var start = Index(text, _start, from, text.Length); start >= 0; start = Index(text, _start, start + 1, text.Length))
        {
            if (ReadAt(text, start) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The sentence that stands exactly there.</summary>
    public FoundForm? ReadAt(string text, int start)
    {
        if (string.Compare(text, start, _start, 0, _start.Length, StringComparison.OrdinalIgnoreCase) != 0)
        {
            return null;
        }

        var agent = start + _start.Length;
        var middle = Index(text, _middle, agent, agent + MaxName + _middle.Length);
        var person = middle + _middle.Length;
        var end = middle < 0 ? -1 : Index(text, _end, person, person + MaxName + _end.Length);
        return end < 0 ? null : new FoundForm(start, end + _end.Length);
    }

    private static int Index(string text, string piece, int from, int to)
    {
        var end = Math.Min(to, text.Length);
        return from >= end ? -1 : text.IndexOf(piece, from, end - from, StringComparison.OrdinalIgnoreCase);
    }
}

/// <param name="Start">Where the sentence begins.</param>
/// <param name="End">The position behind it.</param>
internal sealed record FoundForm(int Start, int End)
{
    public string Language { get; init; } = string.Empty;
}
