using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class ConsistencyProofTests
{
    private static readonly MerkleTree Tree = Samples.Tree(600);

    [Fact]
    public void All_pairs_of_sizes_to_200_verify()
    {
        for (var newSize = 1; newSize <= 200; newSize++)
        {
            for (var oldSize = 1; oldSize <= newSize; oldSize++)
            {
                Assert.True(Verify(oldSize, newSize, ConsistencyProof.Create(oldSize, newSize, Tree)), $"{oldSize} to {newSize}");
            }
        }
    }

    [Fact]
    public void Proofs_are_those_of_the_recursive_definition()
    {
        var entries = Enumerable.Range(0, 70).Select(i => Samples.Entry(i)).ToArray();
        for (var newSize = 1; newSize <= 70; newSize += 3)
        {
            for (var oldSize = 1; oldSize <= newSize; oldSize++)
            {
                Assert.Equal(
                    Rfc6962.Proof(oldSize, entries.AsSpan(0, newSize)).Select(h => new Hash32(h)),
                    ConsistencyProof.Create(oldSize, newSize, Tree));
            }
        }
    }

    [Fact]
    public void Forged_proof_is_refused() =>
        Gen.Select(Gen.Long[2, 600], Gen.Long[1, 599], Gen.Int[0, 1000]).Sample((newSize, o, h) =>
        {
            var oldSize = 1 + (o % (newSize - 1));
            var proof = ConsistencyProof.Create(oldSize, newSize, Tree);
            Assert.True(Verify(oldSize, newSize, proof));
            Assert.False(Verify(oldSize, newSize, []));
            Assert.False(Verify(oldSize, newSize, proof[1..]));
            Assert.False(Verify(oldSize, newSize, proof[..^1]));
            Assert.False(Verify(oldSize, newSize, [.. proof, default]));
            Assert.False(Verify(oldSize, newSize, [.. proof, proof[^1]]));

            // Every hash of the proof counts, those in the middle too.
            var forged = proof.ToArray();
            forged[h % proof.Length] = MerkleHash.Leaf(forged[h % proof.Length].Bytes);
            Assert.False(Verify(oldSize, newSize, forged));
        }, iter: 1000);

    [Fact]
    public void Rewritten_history_has_no_proof() =>
        Gen.Select(Gen.Int[2, 200], Gen.Int[0, 199], Gen.Int[0, 199]).Sample((newSize, o, r) =>
        {
            var oldSize = 1 + (o % (newSize - 1));
            var rewritten = r % oldSize;
            var fork = new MerkleTree(Enumerable.Range(0, newSize).Select(i => Samples.Leaf(i == rewritten ? 1000 : i)));
            var proof = ConsistencyProof.Create(oldSize, newSize, fork);
            Assert.True(ConsistencyProof.Verify(oldSize, newSize, fork.Root(oldSize), fork.Root(), proof));
            Assert.False(ConsistencyProof.Verify(oldSize, newSize, Tree.Root(oldSize), fork.Root(), proof));
        }, iter: 300);

    [Fact]
    public void Truncated_log_is_no_successor_of_a_longer_one()
    {
        Assert.False(ConsistencyProof.Verify(77, 39, Tree.Root(77), Tree.Root(39), ConsistencyProof.Create(39, 77, Tree)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsistencyProof.Create(77, 39, Tree));
    }

    [Fact]
    public void Fork_of_the_same_size_is_refused()
    {
        Assert.True(ConsistencyProof.Verify(8, 8, Tree.Root(8), Tree.Root(8), []));
        Assert.False(ConsistencyProof.Verify(8, 8, Tree.Root(8), Tree.Root(9), []));
        Assert.False(ConsistencyProof.Verify(8, 8, Tree.Root(8), Tree.Root(8), [default]));
    }

    [Fact]
    public void Empty_tree_is_no_start()
    {
        Assert.False(ConsistencyProof.Verify(0, 8, MerkleHash.EmptyRoot, Tree.Root(8), []));
        Assert.False(ConsistencyProof.Verify(0, 0, MerkleHash.EmptyRoot, MerkleHash.EmptyRoot, []));
        Assert.False(ConsistencyProof.Verify(-1, 8, MerkleHash.EmptyRoot, Tree.Root(8), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsistencyProof.Create(0, 8, Tree));
    }

    [Fact]
    public void Roots_made_to_fit_a_way_of_the_wrong_length_are_refused()
    {
        // The hashes agree in each case; only the count of levels gives the forgery away.
        var (old, other) = (Samples.Leaf(0), Samples.Leaf(1));
        Assert.True(ConsistencyProof.Verify(1, 2, old, MerkleHash.Node(old, other), [other]));
        Assert.False(ConsistencyProof.Verify(1, 4, old, MerkleHash.Node(old, other), [other]));

        var proof = ConsistencyProof.Create(3, 4, Tree);
        Assert.True(Verify(3, 4, proof));
        Assert.False(ConsistencyProof.Verify(
            3, 4, MerkleHash.Node(other, Tree.Root(3)), MerkleHash.Node(other, Tree.Root(4)), [.. proof, other]));
    }

    [Fact]
    public void Nodes_named_beforehand_are_all_that_is_asked_for() =>
        Gen.Select(Gen.Long[1, 600], Gen.Long[0, 599]).Sample((newSize, o) =>
        {
            var oldSize = 1 + (o % newSize);
            var named = ConsistencyProof.Nodes(oldSize, newSize).ToDictionary(n => n, n => Tree.Node(n.Level, n.Index));
            Assert.Equal(
                ConsistencyProof.Create(oldSize, newSize, Tree),
                ConsistencyProof.Create(oldSize, newSize, (level, index) => named[new NodeAddress(level, index)]));
        }, iter: 300);

    private static bool Verify(long oldSize, long newSize, Hash32[] proof) =>
        ConsistencyProof.Verify(oldSize, newSize, Tree.Root(oldSize), Tree.Root(newSize), proof);
}
