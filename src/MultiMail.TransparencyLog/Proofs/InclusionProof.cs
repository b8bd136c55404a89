namespace MultiMail.TransparencyLog;

/// <summary>
/// That a leaf is in a tree: the hashes of the siblings on the way from the leaf to the root
/// (RFC 6962 §2.1.1, checked as RFC 9162 §2.1.3.2 says).
/// </summary>
public static class InclusionProof
{
    /// <summary>The proof for the leaf at <paramref name="index"/> in the tree of the first <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Unless 0 ≤ index &lt; size.</exception>
    public static Hash32[] Create(long index, long size, IHashSource source) =>
        [.. Siblings(index, size).Select(range => range.Hash(source))];

    /// <inheritdoc cref="Create(long, long, IHashSource)"/>
    public static Hash32[] Create(long index, long size, Func<int, long, Hash32> node) =>
        Create(index, size, new DelegateHashSource(node));

    /// <summary>The nodes that <see cref="Create(long, long, IHashSource)"/> will ask for, so that they can be fetched beforehand.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Unless 0 ≤ index &lt; size.</exception>
    public static IReadOnlyList<NodeAddress> Nodes(long index, long size) =>
        [.. Siblings(index, size).SelectMany(range => range.Nodes())];

    /// <summary>
    /// Whether <paramref name="proof"/> shows <paramref name="leafHash"/> at <paramref name="index"/> under
    /// <paramref name="root"/>. False for an index outside the tree and for a proof that is too short or too long.
    /// </summary>
    public static bool Verify(long index, long size, in Hash32 leafHash, IReadOnlyList<Hash32> proof, in Hash32 root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        // RFC 9162 §2.1.3.2, its names: fn is the node on the path, sn the last node of the level, r the hash so far.
        var (fn, sn, r) = (index, size - 1, leafHash);
        foreach (var p in proof)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleHash.Node(p, r);
                (fn, sn) = LevelPath.SkipLoneNodes(fn, sn);
            }
            else
            {
                r = MerkleHash.Node(r, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && r == root;
    }

    private static List<LeafRange> Siblings(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var siblings = new List<LeafRange>();
        for (var range = new LeafRange(0, size); range.Count > 1;)
        {
            var (left, right) = range.Split();
            (range, var sibling) = index < right.Start ? (left, right) : (right, left);
            siblings.Add(sibling);
        }

        siblings.Reverse();
        return siblings;
    }
}
