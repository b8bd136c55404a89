namespace MultiMail.TransparencyLog;

/// <summary>Writes a log's entries as bundles and tiles, in order, from the first entry on. For one thread.</summary>
public sealed class TiledLogWriter
{
    private readonly ITileWriter _writer;
    private readonly TileBuilder _tiles;
    private readonly MerkleEdgeBuilder _edge = new();
    private readonly List<ReadOnlyMemory<byte>> _open = new(TileIndexPath.FullWidth);

    public TiledLogWriter(ITileWriter writer)
    {
        _writer = writer;
        _tiles = new TileBuilder(writer.Write);
    }

    /// <summary>The number of entries so far.</summary>
    public long Size => _edge.Size;

    /// <summary>Adds an entry; the memory must stay as it is until its bundle is written.</summary>
    /// <exception cref="ArgumentException">The entry is longer than 65,535 bytes.</exception>
    public void Append(ReadOnlyMemory<byte> entry)
    {
        if (entry.Length > EntryBundle.MaxEntrySize)
        {
            throw new ArgumentException("An entry has at most 65,535 bytes.", nameof(entry));
        }

        _open.Add(entry);
        if (_open.Count == TileIndexPath.FullWidth)
        {
            _writer.Write(new BundleId(_edge.Size / TileIndexPath.FullWidth), EntryBundle.Encode(_open));
            _open.Clear();
        }

        var leaf = MerkleHash.Leaf(entry.Span);
        _edge.Append(leaf);
        _tiles.Append(leaf);
    }

    /// <summary>Writes what is partial at the present size and gives the edge, whose root the checkpoint signs.</summary>
    public MerkleEdge Finish()
    {
        if (_open.Count > 0)
        {
            _writer.Write(new BundleId(_edge.Size / TileIndexPath.FullWidth, _open.Count), EntryBundle.Encode(_open));
        }

        _tiles.WritePartial();
        return _edge.ToEdge();
    }
}
