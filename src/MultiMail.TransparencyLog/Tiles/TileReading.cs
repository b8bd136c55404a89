namespace MultiMail.TransparencyLog;

/// <summary>Reading with the fallback of C2SP tlog-tiles: a partial tile may be gone once the full one is there.</summary>
internal static class TileReading
{
    /// <summary>The hashes of a tile, or null where neither it nor its full tile is there.</summary>
    /// <exception cref="InvalidDataException">The content has not the length that the width asks for.</exception>
    public static IReadOnlyList<Hash32>? Hashes(this ITileReader tiles, TileId tile)
    {
        var width = tile.Width;
        if (!tiles.TryRead(tile, out var content))
        {
            if (!tiles.TryRead(tile.Full, out content))
            {
                return null;
            }

            width = TileIndexPath.FullWidth;
        }

        return Tile.TryDecode(content.Span, width, out var hashes)
            ? [.. hashes.Take(tile.Width)]
            : throw new InvalidDataException($"{tile.Path} has not the length of {width} hashes.");
    }

    /// <summary>The entries of a bundle, or null where neither it nor its full bundle is there.</summary>
    /// <exception cref="InvalidDataException">The content does not split into as many entries as the width asks for.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Entries(this ITileReader tiles, BundleId bundle)
    {
        var width = bundle.Width;
        if (!tiles.TryRead(bundle, out var content))
        {
            if (!tiles.TryRead(bundle.Full, out content))
            {
                return null;
            }

            width = TileIndexPath.FullWidth;
        }

        return EntryBundle.TryDecode(content, width, out var entries)
            ? [.. entries.Take(bundle.Width)]
            : throw new InvalidDataException($"{bundle.Path} does not hold {width} entries.");
    }
}
