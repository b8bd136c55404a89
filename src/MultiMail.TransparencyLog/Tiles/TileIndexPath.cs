using System.Globalization;

namespace MultiMail.TransparencyLog;

/// <summary>The <c>&lt;N&gt;[.p/&lt;W&gt;]</c> part of C2SP tlog-tiles paths: groups of three digits, all but the last with an x before them.</summary>
internal static class TileIndexPath
{
    /// <summary>Hashes, or entries, of a full tile.</summary>
    public const int FullWidth = 256;

    public static string Format(long index, int width)
    {
        var path = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = index / 1000; rest > 0; rest /= 1000)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{path}");
        }

        return width == FullWidth ? path : string.Create(CultureInfo.InvariantCulture, $"{path}.p/{width}");
    }

    public static bool TryParse(string text, out long index, out int width)
    {
        width = FullWidth;
        var (path, mark) = (text, text.IndexOf(".p/", StringComparison.Ordinal));
        var widthIsFine = mark < 0;
        if (mark >= 0)
        {
            path = text[..mark];
            widthIsFine = StrictText.TryParseDecimal(text.AsSpan(mark + 3), out var w) && w is >= 1 and < FullWidth;
            width = (int)w;
        }

        var digits = path.Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);

        // Formatting again is the grammar: grouping, padding and the x must come out the same.
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && widthIsFine
            && Format(index, width) == text;
    }

    public static int CheckWidth(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return width;
    }
}
