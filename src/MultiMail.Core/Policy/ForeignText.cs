namespace MultiMail.Core.Policy;

/// <summary>
/// Whether a text repeats a stretch of another one. Letters and digits alone are compared, so that layout, punctuation and case
/// hide nothing. A match proves something; no match proves nothing, since words can be rewritten or encoded.
/// </summary>
internal static class ForeignText
{
    /// <summary>The shortest stretch that counts, in letters and digits.</summary>
    public const int Length = 40;

    /// <summary>How much of each text is looked at.</summary>
    private const int MostChars = 200_000;

    private const ulong Base = 1_099_511_628_211;
    private static readonly ulong Drop = Power(Base, Length - 1);

    /// <param name="text">What is to be sent.</param>
    /// <param name="known">Texts that it may repeat: those of its own conversation.</param>
    /// <param name="foreign">Texts that it should not.</param>
    public static bool Repeats(string text, IReadOnlyList<string> known, IReadOnlyList<string> foreign)
    {
        var stretches = Stretches(text).ToHashSet();
        foreach (var own in known)
        {
            stretches.ExceptWith(Stretches(own));
        }

        return stretches.Count > 0 && foreign.Any(other => Stretches(other).Any(stretches.Contains));
    }

    /// <summary>A hash of every stretch: 64 bits, so that two different ones are the same once in many billions.</summary>
    private static IEnumerable<ulong> Stretches(string text)
    {
        var letters = new List<char>(Math.Min(text.Length, MostChars));
        foreach (var c in text.Length > MostChars ? text[..MostChars] : text)
        {
            if (char.IsLetterOrDigit(c))
            {
                letters.Add(char.ToLowerInvariant(c));
            }
        }

        var hash = 0UL;
        for (var i = 0; i < letters.Count; i++)
        {
            unchecked
            {
                hash = i < Length ? (hash * Base) + letters[i] : ((hash - (letters[i - Length] * Drop)) * Base) + letters[i];
            }

            if (i >= Length - 1)
            {
                yield return hash;
            }
        }
    }

    private static ulong Power(ulong number, int times)
    {
        var result = 1UL;
        for (var i = 0; i < times; i++)
        {
            unchecked
            {
                result *= number;
            }
        }

        return result;
    }
}
