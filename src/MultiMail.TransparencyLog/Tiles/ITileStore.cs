namespace MultiMail.TransparencyLog;

/// <summary>Where tiles and bundles are read from: a folder, an archive, a database, memory.</summary>
public interface ITileReader
{
    /// <summary>The content of exactly this tile; false where there is none.</summary>
    bool TryRead(TileId tile, out ReadOnlyMemory<byte> content);

    /// <summary>The content of exactly this bundle; false where there is none.</summary>
    bool TryRead(BundleId bundle, out ReadOnlyMemory<byte> content);
}

/// <summary>Where tiles and bundles are written to.</summary>
public interface ITileWriter
{
    void Write(TileId tile, ReadOnlyMemory<byte> content);

    void Write(BundleId bundle, ReadOnlyMemory<byte> content);
}
