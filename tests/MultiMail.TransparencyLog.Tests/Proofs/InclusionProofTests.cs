using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class InclusionProofTests
{
    private static readonly MerkleTree Tree = Samples.Tree(600);

    [Fact]
    public void All_proofs_of_all_sizes_to_600_verify()
    {
        for (var size = 1; size <= 600; size++)
        {
            var root = Tree.Root(size);
            for (var index = 0; index < size; index++)
            {
                var proof = InclusionProof.Create(index, size, Tree);
                Assert.True(InclusionProof.Verify(index, size, Tree.Node(0, index), proof, root), $"{index} in {size}");
            }
        }
    }

    [Fact]
    public void Proofs_are_those_of_the_recursive_definition()
    {
        var entries = Enumerable.Range(0, 130).Select(i => Samples.Entry(i)).ToArray();
        foreach (var size in Enumerable.Range(1, 70).Append(127).Append(128).Append(130))
        {
            for (var index = 0; index < size; index += 1 + (size / 40))
            {
                Assert.Equal(
                    Rfc6962.Path(index, entries.AsSpan(0, size)).Select(h => new Hash32(h)),
                    InclusionProof.Create(index, size, Tree));
            }
        }
    }

    [Fact]
    public void Proof_says_nothing_about_another_leaf_index_size_or_root() =>
        Gen.Select(Gen.Long[1, 600], Gen.Long[0, 599], Gen.Long[0, 599]).Sample((size, i, j) =>
        {
            var (index, other) = (i % size, j % size);
            var proof = InclusionProof.Create(index, size, Tree);
            var (leaf, root) = (Tree.Node(0, index), Tree.Root(size));
            Assert.Equal(index == other, InclusionProof.Verify(index, size, Tree.Node(0, other), proof, root));
            Assert.Equal(index == other, InclusionProof.Verify(other, size, leaf, proof, root));
            Assert.False(InclusionProof.Verify(index, size, leaf, proof, Tree.Root(size - 1)));
        }, iter: 2000);

    [Fact]
    public void Forged_proof_is_refused() =>
        Gen.Select(Gen.Long[2, 600], Gen.Long[0, 599], Gen.Int[0, 1000], Gen.Int[0, 31], Gen.Byte[1, 255]).Sample((size, i, h, at, change) =>
        {
            var index = i % size;
            var proof = InclusionProof.Create(index, size, Tree);
            bool Accepted(params Hash32[] forged) => InclusionProof.Verify(index, size, Tree.Node(0, index), forged, Tree.Root(size));

            Assert.True(Accepted(proof));
            Assert.False(Accepted(proof[1..]));
            Assert.False(Accepted(proof[..^1]));
            Assert.False(Accepted([.. proof, default]));
            Assert.False(Accepted([.. proof, proof[^1]]));
            Assert.False(Accepted([default, .. proof]));
            Assert.False(Accepted([.. proof[..(h % proof.Length)], Forge(proof[h % proof.Length], at, change), .. proof[(1 + (h % proof.Length))..]]));
            Assert.Equal(proof.Length == 1, Accepted([.. proof.Reverse()]));
        }, iter: 1000);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    public void Index_outside_the_tree_is_refused(long index, long size)
    {
        Assert.False(InclusionProof.Verify(index, size, Samples.Leaf(0), [], Samples.Leaf(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => InclusionProof.Create(index, size, Tree));
    }

    [Fact]
    public void Root_of_a_tree_of_one_is_its_leaf_and_the_proof_is_empty()
    {
        Assert.Empty(InclusionProof.Create(0, 1, Tree));
        Assert.True(InclusionProof.Verify(0, 1, Samples.Leaf(0), [], Samples.Leaf(0)));
        Assert.False(InclusionProof.Verify(0, 1, Samples.Leaf(0), [default], Samples.Leaf(0)));
    }

    [Fact]
    public void Root_made_to_fit_a_way_of_the_wrong_length_is_refused()
    {
        // The hashes agree in each case; only the count of levels gives the forgery away.
        var (leaf, other) = (Samples.Leaf(0), Samples.Leaf(1));
        Assert.False(InclusionProof.Verify(0, 1, leaf, [other], MerkleHash.Node(other, leaf)));
        Assert.False(InclusionProof.Verify(0, 1, leaf, [other], MerkleHash.Node(leaf, other)));
        Assert.False(InclusionProof.Verify(0, 3, leaf, [other], MerkleHash.Node(leaf, other)));
        Assert.False(InclusionProof.Verify(1, 4, other, [leaf], MerkleHash.Node(leaf, other)));

        // A node passed off as a leaf: the second-preimage attack that the prefixes and the length stop.
        Assert.False(InclusionProof.Verify(0, 4, Tree.Node(1, 0), [Tree.Node(1, 1)], Tree.Root(4)));
    }

    [Fact]
    public void Nodes_named_beforehand_are_all_that_is_asked_for() =>
        Gen.Select(Gen.Long[1, 600], Gen.Long[0, 599]).Sample((size, i) =>
        {
            var named = InclusionProof.Nodes(i % size, size).ToDictionary(n => n, n => Tree.Node(n.Level, n.Index));
            Assert.Equal(
                InclusionProof.Create(i % size, size, Tree),
                InclusionProof.Create(i % size, size, (level, index) => named[new NodeAddress(level, index)]));
        }, iter: 300);

    [Fact]
    public void Proof_in_the_largest_tree_ends()
    {
        var proof = InclusionProof.Create(long.MaxValue - 1, long.MaxValue, (_, _) => MerkleHash.EmptyRoot);
        Assert.False(InclusionProof.Verify(long.MaxValue - 1, long.MaxValue, default, proof, default));
    }

    private static Hash32 Forge(Hash32 hash, int at, byte change)
    {
        var bytes = hash.ToArray();
        bytes[at] ^= change;
        return new Hash32(bytes);
    }
}
