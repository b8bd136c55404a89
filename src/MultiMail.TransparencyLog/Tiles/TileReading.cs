namespace MultiMail.TransparencyLog;

/// <summary>Reading with the fallback of C2SP tlog-tiles: a partial tile may be gone once the full one is there.</summary>
internal static class TileReading
{
    public static IReadOnlyList<Hash32>? Hashes(this ITileReader tiles, TileId tile)
    {
        var exact = tiles.Read(tile);
        var content = exact ?? (tile.IsFull ? null : tiles.Read(tile.Full));
        if (content is not { } bytes)
        {
            return null;
        }

        return Tile.TryDecode(bytes.Span, exact is null ? TileIndexPath.FullWidth : tile.Width, out var hashes)
            ? [.. hashes.Take(tile.Width)]
            : throw new InvalidDataException($"{tile.Path} has not the length of {tile.Width} hashes.");
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>>? Entries(this ITileReader tiles, BundleId bundle)
    {
        var exact = tiles.Read(bundle);
        var content = exact ?? (bundle.IsFull ? null : tiles.Read(bundle.Full));
        if (content is not { } bytes)
        {
            return null;
        }

        return EntryBundle.TryDecode(bytes, exact is null ? TileIndexPath.FullWidth : bundle.Width, out var entries)
            ? [.. entries.Take(bundle.Width)]
            : throw new InvalidDataException($"{bundle.Path} does not hold {bundle.Width} entries.");
    }
}
