namespace MultiMail.Mail;

/// <summary>Scripts whose letters are taken for one another (UTS #39 §5, the part that matters for host names).</summary>
internal static class Scripts
{
    /// <summary>A label has letters of more than one alphabet. Japanese and Korean with Latin letters are not mixed in this sense.</summary>
    public static bool AreMixed(string host) => host.Split('.').Any(label =>
        label.EnumerateRunes().Select(rune => Of(rune.Value)).OfType<string>().Distinct(StringComparer.Ordinal).Skip(1).Any());

    private static string? Of(int point) => point switch
    {
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= 0xC0 and <= 0x24F) or (>= 0x1E00 and <= 0x1EFF) => "latin",
        (>= 0x370 and <= 0x3FF) or (>= 0x1F00 and <= 0x1FFF) => "greek",
        (>= 0x400 and <= 0x52F) or (>= 0x1C80 and <= 0x1C8F) or (>= 0x2DE0 and <= 0x2DFF) => "cyrillic",
        >= 0x530 and <= 0x58F => "armenian",
        >= 0x590 and <= 0x5FF => "hebrew",
        >= 0x600 and <= 0x6FF => "arabic",
        (>= 0x10A0 and <= 0x10FF) or (>= 0x2D00 and <= 0x2D2F) => "georgian",
        (>= 0x13A0 and <= 0x13FF) or (>= 0xAB70 and <= 0xABBF) => "cherokee",
        _ => null,
    };
}
