namespace MultiMail.TransparencyLog;

/// <summary>
/// Recomputes a log from its entries and compares every tile and the checkpoint's root with the outcome. Needs little
/// memory whatever the length of the log.
/// </summary>
public sealed class TiledLogCheck
{
    private readonly ITileReader _tiles;
    private readonly Checkpoint _checkpoint;
    private readonly List<TiledLogFault> _faults = [];
    private readonly List<long> _leafMismatches = [];
    private readonly MerkleEdgeBuilder _edge = new();

    private TiledLogCheck(ITileReader tiles, Checkpoint checkpoint) => (_tiles, _checkpoint) = (tiles, checkpoint);

    /// <summary>All faults; none means that the entries are exactly those the checkpoint covers and every tile agrees.</summary>
    /// <param name="checkpoint">As opened with a key one trusts (<see cref="Checkpoint.Open(string, IReadOnlyList{NoteVerifier})"/>).</param>
    /// <param name="entry">Sees each entry with its index, in order, as long as bundles are whole: to look into the payload.</param>
    public static IReadOnlyList<TiledLogFault> Run(ITileReader tiles, Checkpoint checkpoint, Action<long, ReadOnlyMemory<byte>>? entry = null)
    {
        var check = new TiledLogCheck(tiles, checkpoint);
        return check.Run(entry);
    }

    private List<TiledLogFault> Run(Action<long, ReadOnlyMemory<byte>>? entry)
    {
        var builder = new TileBuilder(Compare);
        foreach (var bundle in TileLayout.Bundles(_checkpoint.Size))
        {
            if (Entries(bundle) is not { } entries)
            {
                // Without its entries nothing after this point can be recomputed.
                return _faults;
            }

            foreach (var content in entries)
            {
                entry?.Invoke(_edge.Size, content);
                var leaf = MerkleHash.Leaf(content.Span);
                _edge.Append(leaf);
                builder.Append(leaf);
            }
        }

        builder.WritePartial();
        CompareRoot();
        return _faults;
    }

    private IReadOnlyList<ReadOnlyMemory<byte>>? Entries(BundleId bundle)
    {
        try
        {
            if (_tiles.Entries(bundle) is { } entries)
            {
                return entries;
            }

            _faults.Add(new(bundle.Path, bundle.FirstEntry, "is missing"));
        }
        catch (InvalidDataException e)
        {
            _faults.Add(new(bundle.Path, bundle.FirstEntry, e.Message));
        }

        return null;
    }

    private void Compare(TileId tile, ReadOnlyMemory<byte> expected)
    {
        try
        {
            if (_tiles.Hashes(tile) is not { } found)
            {
                _faults.Add(new(tile.Path, tile.FirstEntry(0), "is missing"));
                return;
            }

            Compare(tile, HashList.Read(expected.Span), found);
        }
        catch (InvalidDataException e)
        {
            _faults.Add(new(tile.Path, tile.FirstEntry(0), e.Message));
        }
    }

    private void Compare(TileId tile, Hash32[] expected, IReadOnlyList<Hash32> found)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] == found[i])
            {
                continue;
            }

            if (tile.Level == 0)
            {
                _leafMismatches.Add(tile.FirstEntry(i));
            }
            else
            {
                _faults.Add(new(tile.Path, tile.FirstEntry(i), "differs from what the entries give"));
            }
        }
    }

    private void CompareRoot()
    {
        var rootHolds = _edge.Root() == _checkpoint.Root;
        if (!rootHolds)
        {
            _faults.Add(new("checkpoint", null, "its root is not that of the entries"));
        }

        // Where entry and leaf hash disagree, the signed root says which of the two files was changed.
        _faults.InsertRange(0, _leafMismatches.Select(index => LeafFault(index, entryIsRight: rootHolds)));
    }

    private TiledLogFault LeafFault(long index, bool entryIsRight)
    {
        var position = index / TileIndexPath.FullWidth;
        var width = (int)Math.Min(TileIndexPath.FullWidth, _checkpoint.Size - (position * TileIndexPath.FullWidth));
        return entryIsRight
            ? new(new TileId(0, position, width).Path, index, "is not the hash of the entry, which the checkpoint covers")
            : new(new BundleId(position, width).Path, index, "the entry does not have the hash that its tile holds");
    }
}
