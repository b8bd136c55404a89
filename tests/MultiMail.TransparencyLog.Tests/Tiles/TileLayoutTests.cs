using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class TileLayoutTests
{
    [Fact]
    public void Tree_of_70000_has_the_tiles_of_the_specification()
    {
        var tiles = TileLayout.Tiles(70_000).ToList();
        Assert.Equal(273, tiles.Count(t => t.Level == 0 && t.IsFull));
        Assert.Equal(1, tiles.Count(t => t.Level == 1 && t.IsFull));
        Assert.Equal([new(0, 273, 112), new(1, 1, 17), new(2, 0, 1)], tiles.Where(t => !t.IsFull));
    }

    [Fact]
    public void Tree_of_256_has_a_full_tile_and_one_of_width_1() =>
        Assert.Equal([new(0, 0), new(1, 0, 1)], TileLayout.Tiles(256));

    [Fact]
    public void Empty_tree_has_none()
    {
        Assert.Empty(TileLayout.Tiles(0));
        Assert.Empty(TileLayout.Bundles(0));
    }

    [Fact]
    public void Largest_tree_has_at_most_one_partial_tile_a_level() =>
        Assert.Equal(Enumerable.Range(0, 8), TileLayout.Partial(long.MaxValue).Select(t => t.Level));

    [Fact]
    public void Steps_complete_each_full_tile_and_bundle_once() =>
        Gen.Int[0, 3000].Array[1, 60].Sample(steps =>
        {
            long size = 0;
            var tiles = new List<TileId>();
            var bundles = new List<BundleId>();
            foreach (var step in steps)
            {
                tiles.AddRange(TileLayout.Completed(size, size + step));
                bundles.AddRange(TileLayout.CompletedBundles(size, size + step));
                size += step;
            }

            Assert.Equal(TileLayout.Completed(0, size).Order(ByPlace), tiles.Order(ByPlace));
            Assert.Equal(TileLayout.CompletedBundles(0, size), bundles);
        }, iter: 50);

    [Fact]
    public void Holding_tile_contains_the_node()
    {
        Assert.Equal(new TileId(0, 1, 44), TileLayout.Holding(new(0, 299), 300));
        Assert.Equal(new TileId(0, 0), TileLayout.Holding(new(7, 1), 300));
        Assert.Equal(new TileId(1, 0, 1), TileLayout.Holding(new(8, 0), 300));
        Assert.Throws<ArgumentOutOfRangeException>(() => TileLayout.Holding(new(0, 300), 300));
        Assert.Throws<ArgumentOutOfRangeException>(() => TileLayout.Holding(new(8, 1), 300));
    }

    private static readonly Comparer<TileId> ByPlace =
        Comparer<TileId>.Create((a, b) => (a.Level, a.Index).CompareTo((b.Level, b.Index)));
}
