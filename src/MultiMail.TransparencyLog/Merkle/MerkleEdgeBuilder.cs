namespace MultiMail.TransparencyLog;

/// <summary>The edge under construction: appends without allocating, for batches and for a whole log. For one thread.</summary>
public sealed class MerkleEdgeBuilder
{
    // One slot for each bit of a 63-bit size.
    private readonly Hash32[] _roots = new Hash32[63];
    private int _count;

    public MerkleEdgeBuilder()
        : this(MerkleEdge.Empty)
    {
    }

    public MerkleEdgeBuilder(MerkleEdge start)
    {
        Size = start.Size;
        foreach (var root in start.Roots)
        {
            _roots[_count++] = root;
        }
    }

    /// <summary>The number of leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a leaf at the right end.</summary>
    /// <exception cref="OverflowException">The tree already has 2^63 - 1 leaves.</exception>
    public void Append(in Hash32 leafHash)
    {
        var size = checked(Size + 1);
        var node = leafHash;
        for (var ones = Size; (ones & 1) == 1; ones >>= 1)
        {
            node = MerkleHash.Node(_roots[--_count], node);
        }

        _roots[_count++] = node;
        Size = size;
    }

    public MerkleEdge ToEdge() => MerkleEdge.Create(Size, _roots.AsSpan(0, _count));

    /// <summary>The root of the leaves so far.</summary>
    public Hash32 Root() => ToEdge().Root();
}
