namespace MultiMail.TransparencyLog;

/// <summary>
/// The nodes of a tree of a size, out of its tiles. A tile above level 0 that is not there is computed from the full
/// tiles below it, so a store may keep full tiles and leaf hashes only. The tiles are believed: check the root against
/// a checkpoint before trusting what comes out. For one thread.
/// </summary>
public sealed class TileHashSource(long size, ITileReader tiles) : IHashSource
{
    // 2 MB of hashes; a proof needs two tiles a level.
    private const int CacheLimit = 256;

    private readonly Dictionary<TileId, IReadOnlyList<Hash32>> _cache = [];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The node is not complete at this size.</exception>
    /// <exception cref="InvalidDataException">A tile is missing or has another length than the size asks for.</exception>
    public Hash32 Node(int level, long index)
    {
        var tile = TileLayout.Holding(new NodeAddress(level, index), size);
        var height = level % 8;
        var start = (int)((index << height) % TileIndexPath.FullWidth);
        return Tile.Node(Load(tile), start, height);
    }

    private IReadOnlyList<Hash32> Load(TileId tile)
    {
        if (_cache.TryGetValue(tile, out var known))
        {
            return known;
        }

        var hashes = tiles.Hashes(tile) ?? FromBelow(tile);
        if (_cache.Count >= CacheLimit)
        {
            _cache.Clear();
        }

        return _cache[tile] = hashes;
    }

    private Hash32[] FromBelow(TileId tile)
    {
        if (tile.Level == 0)
        {
            throw new InvalidDataException($"{tile.Path} is missing.");
        }

        var first = tile.Index * TileIndexPath.FullWidth;
        return [.. Enumerable.Range(0, tile.Width).Select(i => Tile.Node(Load(new TileId(tile.Level - 1, first + i)), 0, 8))];
    }
}
