namespace MultiMail.TransparencyLog;

/// <summary>The content of a tile: its hashes one after the other (C2SP tlog-tiles).</summary>
public static class Tile
{
    public static byte[] Encode(ReadOnlySpan<Hash32> hashes)
    {
        var bytes = new byte[hashes.Length * Hash32.Size];
        HashList.Write(hashes, bytes);
        return bytes;
    }

    /// <summary>The content of a tile, from the nodes of a tree.</summary>
    public static byte[] Encode(TileId tile, IHashSource source)
    {
        var first = tile.Index * TileIndexPath.FullWidth;
        return Encode([.. Enumerable.Range(0, tile.Width).Select(i => source.Node(8 * tile.Level, first + i))]);
    }

    /// <summary>Reads a tile; false unless it holds exactly <paramref name="width"/> hashes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, int width, out IReadOnlyList<Hash32> hashes)
    {
        var fits = bytes.Length == width * Hash32.Size;
        hashes = fits ? HashList.Read(bytes) : [];
        return fits;
    }

    /// <summary>The node over 2^<paramref name="height"/> hashes of a tile from <paramref name="start"/> on; a height of 8 is the root of a full tile.</summary>
    internal static Hash32 Node(IReadOnlyList<Hash32> hashes, int start, int height)
    {
        var edge = new MerkleEdgeBuilder();
        for (var i = 0; i < 1 << height; i++)
        {
            // Inside the tile the hashes take the place of leaves: nodes over them are hashed alike.
            edge.Append(hashes[start + i]);
        }

        return edge.Root();
    }
}
