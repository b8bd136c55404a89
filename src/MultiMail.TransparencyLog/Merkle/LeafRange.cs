using System.Numerics;
using System.Runtime.InteropServices;

namespace MultiMail.TransparencyLog;

/// <summary>
/// The leaves <c>[Start, End)</c> of a subtree that occurs in the recursion of RFC 6962 §2.1: Start is a multiple of
/// the smallest power of two that holds the range, so the range falls into perfect subtrees, largest first.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeafRange(long Start, long End)
{
    public long Count => End - Start;

    /// <summary>Splits at the largest power of two <b>below</b> the count (RFC 6962 §2.1); needs a count above 1.</summary>
    public (LeafRange Left, LeafRange Right) Split()
    {
        var middle = Start + (1L << BitOperations.Log2((ulong)(Count - 1)));
        return (new(Start, middle), new(middle, End));
    }

    public IEnumerable<NodeAddress> Nodes()
    {
        var start = Start;
        for (var rest = (ulong)Count; rest != 0;)
        {
            var level = BitOperations.Log2(rest);
            yield return new NodeAddress(level, start >> level);
            start += 1L << level;
            rest &= ~(1UL << level);
        }
    }

    public Hash32 Hash(IHashSource source)
    {
        Hash32? folded = null;
        foreach (var address in Nodes().Reverse())
        {
            var node = source.Node(address.Level, address.Index);
            folded = folded is { } right ? MerkleHash.Node(node, right) : node;
        }

        return folded ?? MerkleHash.EmptyRoot;
    }
}
