using System.Buffers;

namespace MultiMail.Mail;

/// <summary>The classes of characters that a reader does not see and a language model does.</summary>
internal static class InvisibleCharacters
{
    public static readonly SearchValues<char> PlainAscii = SearchValues.Create([.. Enumerable.Range(32, 95).Append('\n').Append('\t').Select(c => (char)c)]);

    // Unicode's Default_Ignorable_Code_Point, as far as it is assigned, and the controls.
    public static string? ClassOf(int point) => point switch
    {
        '\t' or '\n' => null,
        < 0x20 or (>= 0x7F and <= 0x9F) => "controls",
        < 0xAD => null,
        (>= 0x2066 and <= 0x2069) or (>= 0x202A and <= 0x202E) or 0x061C => "bidi_controls",
        0xAD or 0x034F or (>= 0x17B4 and <= 0x17B5) or 0x180E or (>= 0x200B and <= 0x200F) or (>= 0x2060 and <= 0x206F) or 0xFEFF => "zero_width",
        (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) => "zero_width",
        (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => "variation_selectors",
        >= 0xE0000 and <= 0xE007F => "tag_characters",
        (>= 0x115F and <= 0x1160) or 0x3164 or 0xFFA0 => "fillers",
        _ => null,
    };
}
