using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class MerkleTreeTests
{
    private const int Largest = 600;

    [Fact]
    public void Every_size_to_600_has_the_root_of_the_recursive_definition()
    {
        var entries = Enumerable.Range(0, Largest).Select(i => Samples.Entry(i)).ToArray();
        var tree = Samples.Tree(Largest);
        var edge = MerkleEdge.Empty;
        for (var size = 0; size <= Largest; size++)
        {
            var expected = new Hash32(Rfc6962.Mth(entries.AsSpan(0, size)));
            Assert.Equal(expected, tree.Root(size));
            Assert.Equal(expected, edge.Root());
            Assert.Equal(size, edge.Size);
            if (size < Largest)
            {
                edge = edge.Append(Samples.Leaf(size));
            }
        }
    }

    [Fact]
    public void Edge_round_trips_at_every_size_and_takes_no_other_length()
    {
        var edge = MerkleEdge.Empty;
        for (var size = 0; size < 300; size++)
        {
            var bytes = edge.ToBytes();
            Assert.True(MerkleEdge.TryParse(size, bytes, out var read));
            Assert.Equal(edge.Root(), read.Root());
            Assert.Equal(edge.Append(Samples.Leaf(size)).Root(), read.Append(Samples.Leaf(size)).Root());
            Assert.False(MerkleEdge.TryParse(size, [.. bytes, 0], out _));
            Assert.False(MerkleEdge.TryParse(size, [.. bytes, .. new byte[32]], out _));
            Assert.False(bytes.Length > 0 && MerkleEdge.TryParse(size, bytes.AsSpan(0, bytes.Length - 32), out _));
            edge = edge.Append(Samples.Leaf(size));
        }

        Assert.False(MerkleEdge.TryParse(-1, [], out _));
    }

    [Fact]
    public void Appending_in_batches_equals_appending_one_by_one() =>
        Gen.Int[0, 40].Array[0, 12].Sample(batches =>
        {
            var edge = MerkleEdge.Empty;
            foreach (var batch in batches)
            {
                var start = edge.Size;
                edge = edge.Append([.. Enumerable.Range(0, batch).Select(i => Samples.Leaf(start + i))]);
            }

            Assert.Equal(Samples.Tree(batches.Sum()).Root(), edge.Root());
        }, iter: 200);

    [Fact]
    public void Tree_larger_than_the_largest_size_is_refused()
    {
        Assert.True(MerkleEdge.TryParse(long.MaxValue, new byte[63 * 32], out var full));
        Assert.Throws<OverflowException>(() => full.Append(Samples.Leaf(0)));
        Assert.Throws<OverflowException>(() => new MerkleEdgeBuilder(full).Append(Samples.Leaf(0)));
    }

    [Fact]
    public void Nodes_and_sizes_beyond_the_tree_are_refused()
    {
        var tree = Samples.Tree(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Root(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Node(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Node(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Node(3, 0));
    }

    [Fact]
    public void Leaf_never_passes_for_a_node()
    {
        var (left, right) = (Samples.Leaf(0), Samples.Leaf(1));
        Assert.NotEqual(MerkleHash.Node(left, right), MerkleHash.Leaf([.. left.ToArray(), .. right.ToArray()]));
    }

    [Theory]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(65535)]
    public void Leaves_of_every_length_are_hashed_whole(int length)
    {
        var data = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        Assert.Equal(new Hash32(Rfc6962.Mth([data])), MerkleHash.Leaf(data));
    }
}
