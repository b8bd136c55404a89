namespace MultiMail.TransparencyLog;

/// <summary>Tiles and bundles by path, in memory.</summary>
public sealed class InMemoryTiles : ITileReader, ITileWriter
{
    /// <summary>Content by path, in the order of the paths.</summary>
    public SortedDictionary<string, ReadOnlyMemory<byte>> Files { get; } = new(StringComparer.Ordinal);

    public ReadOnlyMemory<byte>? Read(TileId tile) => Read(tile.Path);

    public ReadOnlyMemory<byte>? Read(BundleId bundle) => Read(bundle.Path);

    public void Write(TileId tile, ReadOnlyMemory<byte> content) => Files[tile.Path] = content;

    public void Write(BundleId bundle, ReadOnlyMemory<byte> content) => Files[bundle.Path] = content;

    private ReadOnlyMemory<byte>? Read(string path) => Files.TryGetValue(path, out var content) ? content : null;
}
