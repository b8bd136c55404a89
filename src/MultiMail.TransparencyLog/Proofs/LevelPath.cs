namespace MultiMail.TransparencyLog;

/// <summary>The walk up the levels that both checks of RFC 9162 share.</summary>
internal static class LevelPath
{
    /// <summary>
    /// A last node without a right sibling is carried up unchanged: RFC 9162 §2.1.3.2 step 4.b and §2.1.4.2 step 6.b,
    /// "right-shift until LSB(fn) is set or fn is 0".
    /// </summary>
    public static (long Fn, long Sn) SkipLoneNodes(long fn, long sn)
    {
        while ((fn & 1) == 0 && fn != 0)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return (fn, sn);
    }
}
