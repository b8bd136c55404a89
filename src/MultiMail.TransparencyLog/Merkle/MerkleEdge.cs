using System.Numerics;

namespace MultiMail.TransparencyLog;

/// <summary>
/// The right edge of a tree: the roots of its perfect subtrees, largest first, one for each bit set in the size.
/// It is all that is needed to append and to know the root. Immutable; at most 63 hashes.
/// </summary>
public sealed class MerkleEdge
{
    private readonly Hash32[] _roots;

    private MerkleEdge(long size, Hash32[] roots) => (Size, _roots) = (size, roots);

    /// <summary>The edge of the tree without leaves.</summary>
    public static MerkleEdge Empty { get; } = new(0, []);

    /// <summary>The number of leaves.</summary>
    public long Size { get; }

    /// <summary>The roots of the perfect subtrees, largest first.</summary>
    public IReadOnlyList<Hash32> Roots => _roots;

    /// <summary>The edge of the tree with one leaf more.</summary>
    /// <exception cref="OverflowException">The tree already has 2^63 - 1 leaves.</exception>
    public MerkleEdge Append(in Hash32 leafHash)
    {
        var newSize = checked(Size + 1);

        // Each one at the low end of the old size is a perfect subtree that merges with the new leaf.
        var merged = BitOperations.TrailingZeroCount(~Size);
        var node = leafHash;
        for (var i = 1; i <= merged; i++)
        {
            node = MerkleHash.Node(_roots[^i], node);
        }

        var roots = new Hash32[_roots.Length - merged + 1];
        _roots.AsSpan(0, roots.Length - 1).CopyTo(roots);
        roots[^1] = node;
        return new MerkleEdge(newSize, roots);
    }

    /// <summary>The edge after all of <paramref name="leafHashes"/>, in order.</summary>
    /// <exception cref="OverflowException">The tree would have more than 2^63 - 1 leaves.</exception>
    public MerkleEdge Append(ReadOnlySpan<Hash32> leafHashes)
    {
        var builder = new MerkleEdgeBuilder(this);
        foreach (ref readonly var leaf in leafHashes)
        {
            builder.Append(leaf);
        }

        return builder.ToEdge();
    }

    /// <summary>The root of the tree (RFC 6962 §2.1).</summary>
    public Hash32 Root()
    {
        if (_roots.Length == 0)
        {
            return MerkleHash.EmptyRoot;
        }

        var root = _roots[^1];
        for (var i = _roots.Length - 2; i >= 0; i--)
        {
            root = MerkleHash.Node(_roots[i], root);
        }

        return root;
    }

    /// <summary>The hashes one after the other, largest subtree first; the size is kept beside them.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_roots.Length * Hash32.Size];
        HashList.Write(_roots, bytes);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; false unless there are exactly the hashes that <paramref name="size"/> asks for.</summary>
    public static bool TryParse(long size, ReadOnlySpan<byte> bytes, out MerkleEdge edge)
    {
        edge = Empty;
        if (size < 0 || bytes.Length != BitOperations.PopCount((ulong)size) * Hash32.Size)
        {
            return false;
        }

        edge = new MerkleEdge(size, HashList.Read(bytes));
        return true;
    }

    /// <summary>The edge that a tree whose nodes are at hand has, or had, at <paramref name="size"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public static MerkleEdge Of(IHashSource source, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new MerkleEdge(size, [.. new LeafRange(0, size).Nodes().Select(n => source.Node(n.Level, n.Index))]);
    }

    internal static MerkleEdge Create(long size, ReadOnlySpan<Hash32> roots) => new(size, roots.ToArray());
}
