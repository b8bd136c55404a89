using MultiMail.Mail;

namespace MultiMail.Core.Policy;

/// <summary>
/// Whether mail that arrives looks as if it spoke to a program rather than to a person. A guess in both directions: it makes people look
/// and mail wait, and lets nothing through that would wait without it.
/// </summary>
internal static class InjectionSigns
{
    /// <summary>Of each kind of text, what lies behind is not looked at.</summary>
    public const int MostChars = 64 * 1024;

    private const int BlobLetters = 40;

    private static readonly Dictionary<string, List<(PhrasePattern Phrase, Weight Weight)>> ByBeginning = Index();

    private enum Weight
    {
        Weak,
        Strong,
        Decoding,
        InHiding,
    }

    /// <summary>Whether a message is to be flagged.</summary>
    public static bool Shows(ReadMessage read)
    {
        var names = string.Join('\n', read.Attachments.Select(a => a.FileName).Prepend(read.From?.DisplayName).Prepend(read.Subject).OfType<string>());
        return ShowsIn(names, hidden: false) || ShowsIn(read.TextBody, hidden: false) ||
            (read.PlainText is { } plain && plain.Length != read.TextBody.Length && ShowsIn(plain, hidden: false)) ||
            (read.HiddenText.Chars > 0 && ShowsIn(read.HiddenText.Text, hidden: true));
    }

    /// <summary>Whether one text is to be flagged.</summary>
    /// <param name="hidden">Readers do not see it: then less is enough.</param>
    public static bool ShowsIn(string text, bool hidden)
    {
        var part = text.Length <= MostChars ? text : text[..MostChars];
        return Smuggling.Shows(part) || ShowsIn(UntrustedText.Normalise(part).Text, FoldedText.Words(part), hidden);
    }

    private static bool ShowsIn(string normal, IReadOnlyList<string> words, bool hidden)
    {
        if (InjectionPhrases.Marks.Any(mark => normal.Contains(mark, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        PhrasePattern? weak = null;
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var (phrase, weight) in ByBeginning.GetValueOrDefault(words[i]) ?? [])
            {
                if ((phrase == weak && !hidden) || !phrase.BeginsAt(words, i))
                {
                    continue;
                }

                switch (weight)
                {
                    case Weight.Strong:
                    case Weight.Weak when hidden || weak is not null:
                    case Weight.InHiding when hidden:
                    case Weight.Decoding when words.Any(word => word.Length >= BlobLetters):
                        return true;
                    case Weight.Weak:
                        weak = phrase;
                        break;
                    default:
                        break;
                }
            }
        }

        return false;
    }

    private static Dictionary<string, List<(PhrasePattern Phrase, Weight Weight)>> Index()
    {
        var index = new Dictionary<string, List<(PhrasePattern, Weight)>>(StringComparer.Ordinal);
        Add(InjectionPhrases.Strong, Weight.Strong);
        Add(InjectionPhrases.Weak, Weight.Weak);
        Add(InjectionPhrases.Decoding, Weight.Decoding);
        Add(InjectionPhrases.InHiding, Weight.InHiding);
        return index;

        void Add(IEnumerable<string> sources, Weight weight)
        {
            foreach (var phrase in sources.Select(PhrasePattern.Parse))
            {
                foreach (var word in phrase.Beginnings)
                {
                    (index.TryGetValue(word, out var there) ? there : index[word] = []).Add((phrase, weight));
                }
            }
        }
    }
}
