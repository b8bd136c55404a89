using MultiMail.Mail;

namespace MultiMail.Core.Policy;

/// <summary>Sets of words in their order, a few others between them: <c>ignore|forget ~3 previous|prior ~2 instruct*</c>.</summary>
/// <remarks>Matching looks at a bounded stretch behind each word, so a text costs what its length is.</remarks>
internal sealed class PhrasePattern
{
    private readonly IReadOnlyList<Step> _steps;

    private PhrasePattern(IReadOnlyList<Step> steps, string source) => (_steps, Source) = (steps, source);

    public string Source { get; }

    /// <summary>The words that it may begin with; a text is looked up by them.</summary>
    public IEnumerable<string> Beginnings => _steps[0].Words;

    /// <param name="source">Sets parted by blanks; <c>~n</c>: up to n other words may come before the next set; <c>*</c>: any ending, not in the first set.</param>
    public static PhrasePattern Parse(string source)
    {
        var steps = new List<Step>();
        var gap = 0;
        foreach (var part in source.Split(' '))
        {
            if (part[0] == '~')
            {
                gap = part[1] - '0';
                continue;
            }

            var words = part.Split('|');
            steps.Add(new Step(
                gap,
                [.. words.Where(w => !w.EndsWith('*')).Select(Fold)],
                [.. words.Where(w => w.EndsWith('*')).Select(w => Fold(w[..^1]))]));
            gap = 0;
        }

        return new PhrasePattern(steps, source);
    }

    public bool BeginsAt(IReadOnlyList<string> words, int at) => Fits(words, at, 0);

    private static string Fold(string word) => FoldedText.Words(word) is [var folded] ? folded : throw new ArgumentException($"{word} is not one word.", nameof(word));

    private bool Fits(IReadOnlyList<string> words, int at, int step)
    {
        if (step == _steps.Count)
        {
            return true;
        }

        var here = _steps[step];
        for (var i = at; i <= at + here.Gap && i < words.Count; i++)
        {
            if (here.Has(words[i]) && Fits(words, i + 1, step + 1))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Step(int Gap, HashSet<string> Words, IReadOnlyList<string> Prefixes)
    {
        public bool Has(string word) => Words.Contains(word) || Prefixes.Any(prefix => word.StartsWith(prefix, StringComparison.Ordinal));
    }
}
