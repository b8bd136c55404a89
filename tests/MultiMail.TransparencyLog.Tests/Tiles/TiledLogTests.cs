namespace MultiMail.TransparencyLog.Tests;

public sealed class TiledLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(600)]
    [InlineData(70_000)]
    public void Export_has_exactly_the_files_of_its_size_and_verifies(int size)
    {
        var (tiles, checkpoint) = Samples.Export(size);
        var expected = TileLayout.Tiles(size).Select(t => t.Path).Concat(TileLayout.Bundles(size).Select(b => b.Path));
        Assert.Equal(expected.Order(StringComparer.Ordinal), tiles.Files.Keys, StringComparer.Ordinal);
        Assert.Equal(Samples.Tree(size).Root(), checkpoint.Root);
        Assert.Empty(TiledLogCheck.Run(tiles, checkpoint));
    }

    [Fact]
    public void Tiles_give_the_same_nodes_and_proofs_as_the_tree()
    {
        const int Size = 70_000;
        var tree = Samples.Tree(Size);
        var source = new TileHashSource(Size, Samples.Export(Size).Tiles);
        Assert.Equal(tree.Root(), MerkleEdge.Of(source, Size).Root());
        foreach (var index in new long[] { 0, 255, 256, 65_535, 65_536, 69_999 })
        {
            Assert.Equal(InclusionProof.Create(index, Size, tree), InclusionProof.Create(index, Size, source));
        }

        foreach (var old in new long[] { 1, 256, 65_536, 65_537, 69_999 })
        {
            Assert.Equal(ConsistencyProof.Create(old, Size, tree), ConsistencyProof.Create(old, Size, source));
        }

        foreach (var tile in TileLayout.Tiles(Size).Where(t => t.Level > 0 || t.Index % 50 == 0))
        {
            Assert.Equal(Tile.Encode(tile, tree), Tile.Encode(tile, source));
        }
    }

    [Fact]
    public void Full_tiles_and_the_last_leaf_hashes_are_enough()
    {
        const int Size = 70_000;
        var (tiles, checkpoint) = Samples.Export(Size);
        foreach (var tile in TileLayout.Partial(Size).Where(t => t.Level > 0))
        {
            tiles.Files.Remove(tile.Path);
        }

        Assert.Equal(checkpoint.Root, MerkleEdge.Of(new TileHashSource(Size, tiles), Size).Root());
    }

    [Fact]
    public void Builder_goes_on_where_the_log_stands()
    {
        foreach (var start in new[] { 0, 1, 255, 256, 257, 511, 65_535, 65_536, 65_800 })
        {
            var resumed = new InMemoryTiles();
            var builder = TileBuilder.Resume(start, Samples.Export(start).Tiles, resumed.Write);
            for (var i = start; i < start + 300; i++)
            {
                builder.Append(Samples.Leaf(i));
            }

            builder.WritePartial();
            var whole = Samples.Export(start + 300).Tiles;
            var expected = TileLayout.Completed(start, start + 300).Concat(TileLayout.Partial(start + 300)).Select(t => t.Path);
            Assert.Equal(expected.Order(StringComparer.Ordinal), resumed.Files.Keys, StringComparer.Ordinal);
            Assert.All(resumed.Files, f => Assert.Equal(whole.Files[f.Key].ToArray(), f.Value.ToArray()));
        }
    }

    [Fact]
    public void Partial_file_may_have_grown_into_the_full_one()
    {
        var (tiles, _) = Samples.Export(512);
        var older = new Checkpoint(Samples.Origin, 300, Samples.Tree(300).Root());
        tiles.Write(new TileId(1, 0, 1), Tile.Encode(new TileId(1, 0, 1), Samples.Tree(300)));
        Assert.Empty(TiledLogCheck.Run(tiles, older));
    }

    [Fact]
    public void Callers_see_every_entry_once_and_in_order()
    {
        var (tiles, checkpoint) = Samples.Export(300);
        var seen = new List<long>();
        Assert.Empty(TiledLogCheck.Run(tiles, checkpoint, (index, entry) =>
        {
            Assert.Equal(Samples.Entry(index), entry.ToArray());
            seen.Add(index);
        }));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), seen);
    }
}
