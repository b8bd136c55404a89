using System.Numerics;

namespace MultiMail.TransparencyLog;

/// <summary>
/// That a newer tree begins with all leaves of an older one, unchanged and in order
/// (RFC 6962 §2.1.2, checked as RFC 9162 §2.1.4.2 says).
/// </summary>
public static class ConsistencyProof
{
    /// <summary>The proof from the tree of <paramref name="oldSize"/> leaves to that of <paramref name="newSize"/>; empty where they are equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Unless 1 ≤ oldSize ≤ newSize: everything is consistent with the empty tree, so there is nothing to prove.</exception>
    public static Hash32[] Create(long oldSize, long newSize, IHashSource source) =>
        [.. Ranges(oldSize, newSize).Select(range => range.Hash(source))];

    /// <inheritdoc cref="Create(long, long, IHashSource)"/>
    public static Hash32[] Create(long oldSize, long newSize, Func<int, long, Hash32> node) =>
        Create(oldSize, newSize, new DelegateHashSource(node));

    /// <summary>The nodes that <see cref="Create(long, long, IHashSource)"/> will ask for, so that they can be fetched beforehand.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Unless 1 ≤ oldSize ≤ newSize.</exception>
    public static IReadOnlyList<NodeAddress> Nodes(long oldSize, long newSize) =>
        [.. Ranges(oldSize, newSize).SelectMany(range => range.Nodes())];

    /// <summary>
    /// Whether <paramref name="proof"/> shows that the newer tree extends the older one. False for an older tree that is
    /// empty or larger than the newer, and for a proof that is too short or too long; equal sizes need an empty proof and equal roots.
    /// </summary>
    public static bool Verify(long oldSize, long newSize, in Hash32 oldRoot, in Hash32 newRoot, IReadOnlyList<Hash32> proof)
    {
        if (oldSize <= 0 || oldSize > newSize)
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.Count == 0 && oldRoot == newRoot;
        }

        if (proof.Count == 0)
        {
            return false;
        }

        // Step 2: an older tree that is perfect is a node of the newer one; the proof leaves it out.
        var perfect = BitOperations.IsPow2(oldSize);
        var seed = perfect ? oldRoot : proof[0];
        return Walk(oldSize, newSize, seed, proof.Skip(perfect ? 0 : 1)) is { } roots
            && roots.Old == oldRoot && roots.New == newRoot;
    }

    // RFC 9162 §2.1.4.2 steps 3 to 6, its names: fr and sr grow into the older and the newer root.
    private static (Hash32 Old, Hash32 New)? Walk(long oldSize, long newSize, Hash32 seed, IEnumerable<Hash32> path)
    {
        var (fn, sn) = (oldSize - 1, newSize - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        var (fr, sr) = (seed, seed);
        foreach (var c in path)
        {
            if (sn == 0)
            {
                return null;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (MerkleHash.Node(c, fr), MerkleHash.Node(c, sr));
                (fn, sn) = LevelPath.SkipLoneNodes(fn, sn);
            }
            else
            {
                sr = MerkleHash.Node(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 ? (fr, sr) : null;
    }

    // SUBPROOF of RFC 6962 §2.1.2, walked down and then reversed.
    private static List<LeafRange> Ranges(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var ranges = new List<LeafRange>();
        var (range, wholeOldTree) = (new LeafRange(0, newSize), true);
        while (range.End > oldSize)
        {
            var (left, right) = range.Split();
            if (oldSize <= left.End)
            {
                ranges.Add(right);
                range = left;
            }
            else
            {
                ranges.Add(left);
                (range, wholeOldTree) = (right, false);
            }
        }

        if (!wholeOldTree)
        {
            ranges.Add(range);
        }

        ranges.Reverse();
        return ranges;
    }
}
