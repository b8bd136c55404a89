namespace MultiMail.TransparencyLog;

/// <summary>Which tiles and bundles a tree of a size has (C2SP tlog-tiles). Sizes are numbers of leaves, 0 or more.</summary>
public static class TileLayout
{
    private const int Full = TileIndexPath.FullWidth;
    private const int LevelCount = 8;

    /// <summary>All tiles of a tree, level by level; those at the right end may be partial.</summary>
    public static IEnumerable<TileId> Tiles(long size) => Completed(0, size).Concat(Partial(size));

    /// <summary>The full tiles that growing from one size to another completes, level by level.</summary>
    public static IEnumerable<TileId> Completed(long oldSize, long newSize) =>
        from level in Enumerable.Range(0, LevelCount)
        from index in Range(NodesAt(level, oldSize) / Full, NodesAt(level, newSize) / Full)
        select new TileId(level, index);

    /// <summary>The partial tiles of a tree of a size, at most one a level.</summary>
    public static IEnumerable<TileId> Partial(long size) =>
        from level in Enumerable.Range(0, LevelCount)
        let nodes = NodesAt(level, size)
        where nodes % Full > 0
        select new TileId(level, nodes / Full, (int)(nodes % Full));

    /// <summary>All bundles of a log, the last perhaps partial.</summary>
    public static IEnumerable<BundleId> Bundles(long size) => CompletedBundles(0, size).Concat(
        size % Full > 0 ? [new BundleId(size / Full, (int)(size % Full))] : Array.Empty<BundleId>());

    /// <summary>The full bundles that growing from one size to another completes.</summary>
    public static IEnumerable<BundleId> CompletedBundles(long oldSize, long newSize) =>
        Range(oldSize / Full, newSize / Full).Select(index => new BundleId(index));

    /// <summary>The tile that holds a node, or the hashes under it, in a tree of a size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The node is not complete at that size.</exception>
    public static TileId Holding(NodeAddress node, long size)
    {
        var (level, height) = Math.DivRem(node.Level, LevelCount);
        var index = node.Index >> (LevelCount - height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(node.Index, (size >> node.Level) - 1, nameof(node));
        return new TileId(level, index, (int)Math.Min(Full, NodesAt(level, size) - (index * Full)));
    }

    private static long NodesAt(int level, long size) => size >> (LevelCount * level);

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var i = from; i < to; i++)
        {
            yield return i;
        }
    }
}
