using System.Globalization;
using System.Runtime.InteropServices;

namespace MultiMail.TransparencyLog;

/// <summary>A tile of hashes (C2SP tlog-tiles): <c>Width</c> consecutive nodes of tree level <c>8 · Level</c>, from node <c>256 · Index</c> on.</summary>
/// <param name="Level">0 to 7, since a log has fewer than 2^63 leaves; level 0 holds leaf hashes.</param>
/// <param name="Index">The tile within its level, from 0.</param>
/// <param name="Width">256 for a full tile, 1 to 255 for a partial one.</param>
/// <exception cref="ArgumentOutOfRangeException">Width or level is out of bounds, or the index negative.</exception>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TileId(int Level, long Index, int Width = TileIndexPath.FullWidth)
{
    private const string Prefix = "tile/";
    private const int MaxLevel = 7;

    public int Level { get; } = CheckLevel(Level);

    public long Index { get; } = CheckIndex(Index);

    public int Width { get; } = TileIndexPath.CheckWidth(Width);

    public bool IsFull => Width == TileIndexPath.FullWidth;

    /// <summary>The full tile this one grows into.</summary>
    public TileId Full => new(Level, Index);

    /// <summary><c>tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>, with slashes on every platform.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Level}/{TileIndexPath.Format(Index, Width)}");

    /// <summary>The first entry that hash number <paramref name="position"/> of the tile covers.</summary>
    public long FirstEntry(int position) => ((Index * TileIndexPath.FullWidth) + position) << (8 * Level);

    /// <summary>Parses a path; false unless it is spelt exactly as <see cref="Path"/> spells it.</summary>
    public static bool TryParse(string path, out TileId tile)
    {
        tile = default;
        var parts = path.Split('/', 3);
        if (parts.Length != 3
            || parts[0] != "tile"
            || !StrictText.TryParseDecimal(parts[1], out var level)
            || level > MaxLevel
            || !TileIndexPath.TryParse(parts[2], out var index, out var width))
        {
            return false;
        }

        tile = new TileId((int)level, index, width);
        return true;
    }

    private static int CheckLevel(int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        return level;
    }

    private static long CheckIndex(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return index;
    }
}
