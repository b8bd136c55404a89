namespace MultiMail.TransparencyLog;

/// <summary>Where tiles and bundles are read from: a folder, an archive, a database, memory.</summary>
public interface ITileReader
{
    /// <summary>The content of exactly this tile, or null where there is none.</summary>
    ReadOnlyMemory<byte>? Read(TileId tile);

    /// <summary>The content of exactly this bundle, or null where there is none.</summary>
    ReadOnlyMemory<byte>? Read(BundleId bundle);
}

/// <summary>Where tiles and bundles are written to.</summary>
public interface ITileWriter
{
    void Write(TileId tile, ReadOnlyMemory<byte> content);

    void Write(BundleId bundle, ReadOnlyMemory<byte> content);
}
