namespace MultiMail.TransparencyLog;

/// <summary>Where proofs get the hashes of perfect subtrees from: a tree in memory, tiles, a store.</summary>
public interface IHashSource
{
    /// <summary>The hash of the perfect subtree at <paramref name="level"/> and <paramref name="index"/> (see <see cref="NodeAddress"/>).</summary>
    Hash32 Node(int level, long index);
}

/// <summary>A source made of a function, for callers that fetched the nodes beforehand.</summary>
public sealed class DelegateHashSource(Func<int, long, Hash32> node) : IHashSource
{
    public Hash32 Node(int level, long index) => node(level, index);
}
