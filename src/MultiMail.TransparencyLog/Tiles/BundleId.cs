using System.Runtime.InteropServices;

namespace MultiMail.TransparencyLog;

/// <summary>An entry bundle (C2SP tlog-tiles): <c>Width</c> consecutive entries from <c>256 · Index</c> on.</summary>
/// <param name="Index">The bundle, from 0; the level-0 tile of that index holds its hashes.</param>
/// <param name="Width">256 for a full bundle, 1 to 255 for a partial one.</param>
/// <exception cref="ArgumentOutOfRangeException">Width is out of bounds, or the index negative.</exception>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BundleId(long Index, int Width = TileIndexPath.FullWidth)
{
    private const string Prefix = "tile/entries/";

    public long Index { get; } = CheckIndex(Index);

    public int Width { get; } = TileIndexPath.CheckWidth(Width);

    public bool IsFull => Width == TileIndexPath.FullWidth;

    /// <summary>The full bundle this one grows into.</summary>
    public BundleId Full => new(Index);

    /// <summary>The index of its first entry.</summary>
    public long FirstEntry => Index * TileIndexPath.FullWidth;

    /// <summary><c>tile/entries/&lt;N&gt;[.p/&lt;W&gt;]</c>, with slashes on every platform.</summary>
    public string Path => Prefix + TileIndexPath.Format(Index, Width);

    /// <summary>Parses a path; false unless it is spelt exactly as <see cref="Path"/> spells it.</summary>
    public static bool TryParse(string path, out BundleId bundle)
    {
        bundle = default;
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)
            || !TileIndexPath.TryParse(path[Prefix.Length..], out var index, out var width))
        {
            return false;
        }

        bundle = new BundleId(index, width);
        return true;
    }

    private static long CheckIndex(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return index;
    }
}
