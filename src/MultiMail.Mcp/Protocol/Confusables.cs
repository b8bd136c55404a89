namespace MultiMail.Mcp.Protocol;

/// <summary>
/// Folds a character to the ASCII letter or digit that it looks like. Only the letters of the markers have look-alikes
/// here (Latin with marks, Greek, Cyrillic, Armenian, Cherokee, small capitals, wide and mathematical forms).
/// </summary>
internal static class Confusables
{
    private static readonly Dictionary<int, char> LookAlikes = Table(
        ('a', "àáâãäåāăąǎȁȃạảấầậắằặɑαаᴀ⍺"),
        ('d', "ďđḋḍḏḑḓԁɗᏧᴅⅾ∂"),
        ('e', "èéêëēĕėęěȅȇẹẻẽếềệеёєεᴇ℮ҽ"),
        ('i', "ìíîïĩīĭįıǐȉȋịỉіїιɩɪⅰ¡ꙇ"),
        ('l', "ĺļľŀłḷḹḻḽӏⅼᏞʟǀ∣ℓ׀ו"),
        ('m', "ḿṁṃмμᴍⅿʍӎ"),
        ('n', "ñńņňŉǹṅṇṉṋпηոɴռ"),
        ('r', "ŕŗřȑȓṙṛṝṟгʀᴦꭇꮁ"),
        ('s', "śŝşšșṡṣѕꜱʂꮪ"),
        ('t', "ţťŧțṫṭṯṱтτᴛ†"),
        ('u', "ùúûüũūŭůűųǔȕȗụủứừựυսᴜцʋ"));

    /// <summary>Null: nothing that a marker is made of; punctuation, spaces, invisible characters, combining marks.</summary>
    public static char? Fold(int rune)
    {
        var c = Plain(rune);
        return c switch
        {
            >= 'a' and <= 'z' or >= '0' and <= '9' => (char)c,
            >= 'A' and <= 'Z' => (char)(c | 0x20),
            <= 0x7f => null,
            _ => LookAlikes.TryGetValue(c, out var letter) ? letter : Other(c),
        };
    }

    /// <summary>Wide, circled and mathematical letters are the ASCII letters in order.</summary>
    private static int Plain(int rune) => rune switch
    {
        >= 0xff01 and <= 0xff5e => rune - 0xff01 + '!',
        >= 0x24b6 and <= 0x24cf => rune - 0x24b6 + 'a',
        >= 0x24d0 and <= 0x24e9 => rune - 0x24d0 + 'a',
        >= 0x1d400 and <= 0x1d6a3 => ((rune - 0x1d400) % 26) + 'a',
        >= 0x1d7ce and <= 0x1d7ff => ((rune - 0x1d7ce) % 10) + '0',
        >= 0x1f130 and <= 0x1f149 => rune - 0x1f130 + 'a',
        >= 0x1f150 and <= 0x1f169 => rune - 0x1f150 + 'a',
        >= 0x1f170 and <= 0x1f189 => rune - 0x1f170 + 'a',
        _ => rune,
    };

    // A letter of another word keeps a marker's letters apart; everything that is no letter does not.
    private static char? Other(int c) => c <= 0xffff && char.IsLetterOrDigit((char)c) ? '\u0001' : null;

    private static Dictionary<int, char> Table(params ReadOnlySpan<(char Letter, string Alike)> rows)
    {
        var table = new Dictionary<int, char>();
        foreach (var (letter, alike) in rows)
        {
            foreach (var c in alike)
            {
                table.TryAdd(c, letter);
                table.TryAdd(char.ToUpperInvariant(c), letter);
            }
        }

        return table;
    }
}
