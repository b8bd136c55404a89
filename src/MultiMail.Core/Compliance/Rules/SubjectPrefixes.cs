using System.Buffers;
using System.Collections.Frozen;

namespace MultiMail.Core.Compliance.Rules;

internal enum SubjectClaim
{
    None,
    Answer,
    Forward,
}

/// <summary>
/// The prefixes by which mail programs of many languages mark answers and forwards, and what passes for one to the eye. Words that
/// subjects begin with for other reasons ("Ref:", "R:", "I:") are left out.
/// </summary>
internal static class SubjectPrefixes
{
    private const int Longest = 24;
    private static readonly SearchValues<char> Colons = SearchValues.Create(":：﹕∶꞉ː˸፡");
    private static readonly SearchValues<char> Counters = SearchValues.Create("[(^{（［");
    private static readonly char[] Open = ['[', '(', '{', '【'];
    private static readonly char[] Close = [']', ')', '}', '】'];

    private static readonly FrozenDictionary<string, SubjectClaim> Words = Table(
        (SubjectClaim.Answer, ["re", "aw", "antwort", "antw", "sv", "svar", "vs", "vá", "válasz", "odp", "res", "resp", "ynt", "yanıt", "atb", "ats", "bls", "rsp", "reply", "回复", "回覆", "答复", "返信", "답장", "회신", "отв", "ответ", "відп", "απ", "απάντηση", "σχετ", "רד", "השב", "תשובה", "رد", "ตอบ"]),
        (SubjectClaim.Forward, ["fwd", "fw", "wg", "weitergeleitet", "tr", "rv", "enc", "encaminhado", "inoltro", "pd", "vb", "vl", "doorst", "továbbítás", "továbbítva", "ilt", "trs", "转发", "轉寄", "轉發", "転送", "전달", "пересл", "πρθ", "προώθηση", "הועבר", "إعادة توجيه"]));

    public static SubjectClaim Of(string subject)
    {
        var rest = Lookalikes.Seen(subject).AsSpan().Trim();
        while (rest.Length > 0)
        {
            if (Tag(rest) is var tag and > 0)
            {
                rest = rest[tag..].TrimStart(); // "[list] Re: …"
                continue;
            }

            var colon = rest.IndexOfAny(Colons);
            return colon is > 0 and <= Longest ? Claim(rest[..colon]) : SubjectClaim.None;
        }

        return SubjectClaim.None;
    }

    private static SubjectClaim Claim(ReadOnlySpan<char> word)
    {
        var name = Bare(word);
        return Words.GetValueOrDefault(name, Words.GetValueOrDefault(Lookalikes.Skeleton(name)));
    }

    /// <summary>Without a counter: "Re[2]", "Re (2)", "Re^2", "Re2".</summary>
    private static string Bare(ReadOnlySpan<char> word)
    {
        var end = word.IndexOfAny(Counters);
        return new string(end < 0 ? word : word[..end]).TrimEnd(' ', '\u00A0', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9').ToLowerInvariant();
    }

    private static int Tag(ReadOnlySpan<char> text)
    {
        var kind = Array.IndexOf(Open, text[0]);
        return kind < 0 ? 0 : text.IndexOf(Close[kind]) + 1;
    }

    private static FrozenDictionary<string, SubjectClaim> Table(params ReadOnlySpan<(SubjectClaim Claim, string[] Words)> rows)
    {
        var table = new Dictionary<string, SubjectClaim>(StringComparer.Ordinal);
        foreach (var (claim, words) in rows)
        {
            foreach (var word in words)
            {
                table.TryAdd(word, claim);
                table.TryAdd(Lookalikes.Skeleton(word), claim);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
