namespace MultiMail.TransparencyLog;

/// <summary>Tiles and bundles by path, in memory.</summary>
public sealed class InMemoryTiles : ITileReader, ITileWriter
{
    /// <summary>Content by path, in the order of the paths.</summary>
    public SortedDictionary<string, ReadOnlyMemory<byte>> Files { get; } = new(StringComparer.Ordinal);

    public bool TryRead(TileId tile, out ReadOnlyMemory<byte> content) => Files.TryGetValue(tile.Path, out content);

    public bool TryRead(BundleId bundle, out ReadOnlyMemory<byte> content) => Files.TryGetValue(bundle.Path, out content);

    public void Write(TileId tile, ReadOnlyMemory<byte> content) => Files[tile.Path] = content;

    public void Write(BundleId bundle, ReadOnlyMemory<byte> content) => Files[bundle.Path] = content;
}
