namespace MultiMail.Core.Policy;

/// <summary>Characters that no reader sees, in such numbers and places that they can only carry something.</summary>
internal static class Smuggling
{
    private const int MostTags = 9;
    private const int MostSelectors = 7;
    private const int BlackFlag = 0x1F3F4;
    private const int CancelTag = 0xE007F;

    /// <summary>
    /// Tag characters outside the flags that are made of them (UTS #51 §1.4.9), or a run of variation selectors: one letter has one.
    /// Zero-width characters do not count: newsletters are full of them.
    /// </summary>
    public static bool Shows(string text)
    {
        var (tags, selectors, inFlag) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var point = rune.Value;
            inFlag = point == BlackFlag ? 8 : Math.Max(0, inFlag - 1); // a subdivision's flag has up to six tags and the cancel tag
            selectors = point is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) ? selectors + 1 : 0;
            tags += point is >= 0xE0000 and <= CancelTag && inFlag == 0 ? 1 : 0;
            if (tags > MostTags || selectors > MostSelectors)
            {
                return true;
            }
        }

        return false;
    }
}
