using MultiMail.TransparencyLog;

namespace Storage.Contract.Building;

/// <summary>Recomputes a log from its entries, as a stranger would.</summary>
public static class LogVerifier
{
    /// <summary>Fails unless indexes are contiguous, times never fall, each hash is its entry's and all of them give the head's root.</summary>
    /// <returns>The number of leaves.</returns>
    public static async Task<long> VerifyAsync(IStore store, AccountId account)
    {
        var head = await store.LogHeadAsync(account, CancellationToken.None);
        Assert.NotNull(head);
        var edge = new MerkleEdgeBuilder();
        var last = DateTimeOffset.MinValue;
        while (await store.LogEntriesAsync(account, edge.Size, 500, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                Assert.Equal(edge.Size, entry.Index);
                Assert.True(entry.At >= last, $"Leaf {entry.Index} is older than the one before it.");
                Assert.Equal(MerkleHash.Leaf(entry.Entry).ToArray(), entry.LeafHash);
                last = entry.At;
                edge.Append(new Hash32(entry.LeafHash));
            }
        }

        Assert.True(MerkleEdge.TryParse(head.Size, head.Edge, out var stored));
        Assert.Equal(edge.Size, head.Size);
        Assert.Equal(edge.Root(), stored.Root());
        return head.Size;
    }
}
