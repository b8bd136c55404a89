using MultiMail.Mail;
using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MultiMail.Core.Compliance.Rules;

/// <summary>Folds what looks alike into one form, so that a name or a prefix is judged as the eye reads it (UTS #39 §4, the letters of Latin-like alphabets).</summary>
internal static class Lookalikes
{
    private const string AtSigns = "@＠﹫";
    private static readonly SearchValues<string> SpeltAts = SearchValues.Create(["(at)", "[at]", "{at}", "<at>", "(a)", "[a]"], StringComparison.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<int, char> Alike = Table(
        ('a', "аɑαàáâãäåāăą"), ('b', "ьЬВвΒ"), ('c', "сϲⅽᴄçćĉċč"), ('d', "ԁⅾďđ"), ('e', "еєҽ℮ᴇΕèéêëēĕėęěё"), ('f', "ғϝ"), ('g', "ɡցĝğġģ"), ('h', "һНΗнĥħ"),
        ('i', "іıιΙӏìíîïĩīĭįї"), ('j', "јϳĵ"), ('k', "кκКΚᴋķ"), ('l', "ⅼӀĺļľł"), ('m', "мМΜⅿ"), ('n', "ոΝñńņň"), ('o', "оοσօᴏОòóôõöøōŏő"), ('p', "рρРΡ"), ('q', "ԛ"),
        ('r', "гᴦʀŕŗř"), ('s', "ѕꜱśŝşšș"), ('t', "тτТΤᴛţťŧț"), ('u', "υսᴜùúûüũūŭůűų"), ('v', "νѵⅴᴠ"), ('w', "ԝωѡᴡŵ"), ('x', "хχⅹ"), ('y', "уүγýÿŷ"), ('z', "ᴢΖźżž"));

    /// <summary>Lower case, without marks, blanks and what is invisible; look-alike letters as the Latin ones.</summary>
    public static string Skeleton(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Seen(text).EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                folded.Append(Alike.TryGetValue(rune.Value, out var letter) ? letter.ToString() : Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.ToString();
    }

    /// <summary>Without what the eye does not see; wide, circled and mathematical letters as the plain ones.</summary>
    public static string Seen(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var rune in UntrustedText.Normalise(text).Text.EnumerateRunes())
        {
            seen.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control ? string.Empty : new Rune(Plain(rune.Value)).ToString());
        }

        return seen.ToString();
    }

    /// <summary>An at sign in whatever form, or a spelt-out one before something like a host name.</summary>
    public static bool HoldsAddress(string name) =>
        name.AsSpan().IndexOfAny(AtSigns) >= 0 || (name.AsSpan().IndexOfAny(SpeltAts) is var at and > 0 && name.IndexOf('.', at) > 0);

    private static int Plain(int rune) => rune switch
    {
        >= 0xFF01 and <= 0xFF5E => rune - 0xFF01 + '!',
        >= 0x24B6 and <= 0x24CF => rune - 0x24B6 + 'a',
        >= 0x24D0 and <= 0x24E9 => rune - 0x24D0 + 'a',
        >= 0x1D400 and <= 0x1D6A3 => ((rune - 0x1D400) % 26) + 'a',
        >= 0x1D7CE and <= 0x1D7FF => ((rune - 0x1D7CE) % 10) + '0',
        >= 0x1F130 and <= 0x1F149 => rune - 0x1F130 + 'a',
        >= 0x1F150 and <= 0x1F169 => rune - 0x1F150 + 'a',
        >= 0x1F170 and <= 0x1F189 => rune - 0x1F170 + 'a',
        _ => rune,
    };

    private static FrozenDictionary<int, char> Table(params ReadOnlySpan<(char Letter, string Alike)> rows)
    {
        var table = new Dictionary<int, char>();
        foreach (var (letter, alike) in rows)
        {
            foreach (var c in alike)
            {
                table.TryAdd(c, letter);
                table.TryAdd(char.ToLowerInvariant(c), letter);
                table.TryAdd(char.ToUpperInvariant(c), letter);
            }
        }

        return table.ToFrozenDictionary();
    }
}
