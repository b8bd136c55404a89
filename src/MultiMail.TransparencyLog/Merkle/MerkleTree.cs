namespace MultiMail.TransparencyLog;

/// <summary>
/// A whole tree in memory, from its leaf hashes: 64 bytes a leaf. Answers for every earlier size too. For one writer;
/// readers only while nobody appends.
/// </summary>
public sealed class MerkleTree : IHashSource
{
    // _levels[l][i] is the perfect subtree (l, i).
    private readonly List<List<Hash32>> _levels = [[]];

    public MerkleTree()
    {
    }

    public MerkleTree(IEnumerable<Hash32> leafHashes)
    {
        foreach (var leaf in leafHashes)
        {
            Append(leaf);
        }
    }

    /// <summary>The number of leaves.</summary>
    public long Size => _levels[0].Count;

    public void Append(in Hash32 leafHash)
    {
        var node = leafHash;
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add([]);
            }

            var row = _levels[level];
            row.Add(node);
            if (row.Count % 2 == 1)
            {
                return;
            }

            node = MerkleHash.Node(row[^2], row[^1]);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The subtree is not complete in this tree.</exception>
    public Hash32 Node(int level, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, _levels.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _levels[level].Count);
        return _levels[level][(int)index];
    }

    /// <summary>The root of all leaves.</summary>
    public Hash32 Root() => Root(Size);

    /// <summary>The root that the first <paramref name="size"/> leaves have.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative or above <see cref="Size"/>.</exception>
    public Hash32 Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return new LeafRange(0, size).Hash(this);
    }
}
